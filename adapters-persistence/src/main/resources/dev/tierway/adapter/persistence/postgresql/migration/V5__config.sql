-- Configurations that were put in force, by any gateway.
CREATE TABLE config_generation (
  number bigint PRIMARY KEY,
  at bigint NOT NULL,
  origin text NOT NULL,
  author text NOT NULL,
  reason text,
  instance text NOT NULL,
  rollback_to bigint,
  hash text NOT NULL,
  file text,
  document text,                              -- JSON, placeholders as written
  incomplete text
);

-- The last number given. Its one row is locked until the configuration is there for all to see.
CREATE TABLE config_number (last bigint NOT NULL);
INSERT INTO config_number VALUES (0);

-- The newest one's number if it has the same text and a number above that bound; else the next number.
CREATE FUNCTION put_config(
  p_above bigint, p_most bigint, p_at bigint, p_origin text, p_author text, p_reason text, p_instance text,
  p_rollback_to bigint, p_hash text, p_file text, p_document text, p_incomplete text)
  RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  given bigint;
BEGIN
  SELECT last INTO given FROM config_number FOR UPDATE;
  IF given > p_above AND EXISTS (SELECT 1 FROM config_generation WHERE number = given AND hash = p_hash) THEN
    RETURN given;
  END IF;
  given := greatest(given, p_above) + 1;
  UPDATE config_number SET last = given;
  INSERT INTO config_generation
      (number, at, origin, author, reason, instance, rollback_to, hash, file, document, incomplete)
    VALUES (given, p_at, p_origin, p_author, p_reason, p_instance, p_rollback_to, p_hash, p_file, p_document,
      p_incomplete);
  DELETE FROM config_generation WHERE number <=
    (SELECT number FROM config_generation ORDER BY number DESC OFFSET p_most LIMIT 1);
  RETURN given;
END $$;
