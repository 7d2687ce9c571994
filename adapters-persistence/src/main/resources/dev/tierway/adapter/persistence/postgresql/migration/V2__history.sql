-- What is remembered beside the limits: decisions, what operators ordered, who changed what.

-- Numbers grow with time and tell writers apart, so that a row delivered twice is one row.
CREATE TABLE decision (
  number bigint PRIMARY KEY,
  decision text NOT NULL,
  at bigint NOT NULL,
  status text,
  code text,
  model text,
  replica text,
  agent text,
  spilled boolean NOT NULL
);
CREATE INDEX decision_by_name ON decision (decision);

-- Apart, so that looking for decisions doesn't read their documents.
CREATE TABLE decision_document (
  number bigint PRIMARY KEY,
  json text NOT NULL
);

-- What suffices to decide again; hardly anybody asks for it.
CREATE TABLE decision_replay (
  number bigint PRIMARY KEY,
  json text NOT NULL
);

-- Of each topic and scope the latest order.
CREATE TABLE operator_order (
  number bigint PRIMARY KEY,
  topic text NOT NULL,
  value text NOT NULL,
  scope text NOT NULL,
  subject text NOT NULL,
  author text NOT NULL,
  reason text,
  at bigint NOT NULL,
  until bigint,
  instance text NOT NULL,
  UNIQUE (topic, scope, subject)
);

-- The last number given. Its one row is locked until the order is there for all to see, so numbers become visible in their order.
CREATE TABLE operator_number (last bigint NOT NULL);
INSERT INTO operator_number VALUES (0);

CREATE FUNCTION put_order(
  p_topic text, p_value text, p_scope text, p_subject text, p_author text, p_reason text, p_at bigint, p_until bigint,
  p_instance text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  given bigint;
BEGIN
  UPDATE operator_number SET last = last + 1 RETURNING last INTO given;
  INSERT INTO operator_order (number, topic, value, scope, subject, author, reason, at, until, instance)
    VALUES (given, p_topic, p_value, p_scope, p_subject, p_author, p_reason, p_at, p_until, p_instance)
    ON CONFLICT (topic, scope, subject) DO UPDATE SET number = excluded.number, value = excluded.value,
      author = excluded.author, reason = excluded.reason, at = excluded.at, until = excluded.until,
      instance = excluded.instance;
  RETURN given;
END $$;

CREATE TABLE audit (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  entry uuid NOT NULL UNIQUE,                 -- the writer's: an entry delivered twice is one entry
  action text NOT NULL,
  value text NOT NULL,
  scope text NOT NULL,
  subject text NOT NULL,
  author text NOT NULL,
  reason text,
  at bigint NOT NULL,
  until bigint,
  instance text NOT NULL
);

-- One per opening: tells writers apart.
CREATE SEQUENCE opening;
