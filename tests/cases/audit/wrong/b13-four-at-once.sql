INSERT INTO organizations (name, description) VALUES
  ('Polaris Project', 'Operates the National Human Trafficking Hotline.');
INSERT INTO services (name, description) VALUES
  ('National Domestic Violence Hotline', 'TTY 1-800-787-3224.');
