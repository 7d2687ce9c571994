-- API keys: of each id the latest state, as a document. None is ever deleted, so that no id is given twice.
CREATE TABLE api_key (
  number bigint PRIMARY KEY,
  id text NOT NULL UNIQUE,
  document text NOT NULL
);

-- The last number given. Its one row is locked until the key is there for all to see, so numbers become visible in their order.
CREATE TABLE api_key_number (last bigint NOT NULL);
INSERT INTO api_key_number VALUES (0);

-- Gives the key's number; null if it isn't, or no longer, what the caller changed. Asked twice, it does once.
CREATE FUNCTION put_key(p_id text, p_document text, p_was bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  given bigint;
  known bigint;
  kept text;
BEGIN
  UPDATE api_key_number SET last = last + 1 RETURNING last INTO given;
  SELECT number, document INTO known, kept FROM api_key WHERE id = p_id;
  IF kept = p_document THEN
    RETURN known;
  END IF;
  IF coalesce(known, 0) <> p_was THEN
    RETURN NULL;
  END IF;
  INSERT INTO api_key (number, id, document) VALUES (given, p_id, p_document)
    ON CONFLICT (id) DO UPDATE SET number = excluded.number, document = excluded.document;
  RETURN given;
END $$;

-- When keys were last used.
CREATE TABLE api_key_use (
  id text PRIMARY KEY,
  at bigint NOT NULL
);

ALTER TABLE decision ADD COLUMN key text;
CREATE INDEX decision_by_key ON decision (key, number);
