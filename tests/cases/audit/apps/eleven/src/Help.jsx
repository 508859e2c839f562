export function Help() {
  return (
    <section>
      <h2>Talk to someone</h2>
      <p>1-888-373-7889, day and night</p>
    </section>
  );
}
