INSERT INTO line (name, phone) VALUES
  ('Child Abuse and Neglect Careline', '1-800-842-2288');
