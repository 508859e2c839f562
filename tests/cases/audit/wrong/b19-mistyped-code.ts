export const resources = [
  { name: "988 Suicide & Crisis Lifeline", call: "988", text: "714714" },
];
