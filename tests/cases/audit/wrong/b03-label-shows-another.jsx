export const Help = () => (
  <a href="tel:+18883737888">
    1-800-373-7888
  </a>
);
