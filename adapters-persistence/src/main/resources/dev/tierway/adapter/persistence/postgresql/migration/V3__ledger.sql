-- The account book: one row per attempt. Numbers grow with time and tell writers apart, so that a row delivered twice is one row.
CREATE TABLE ledger (
  id bigint PRIMARY KEY,
  call text NOT NULL,
  attempt bigint NOT NULL,
  first_of_call bigint,
  request text NOT NULL,
  replica text COLLATE "C" NOT NULL,
  provider text COLLATE "C" NOT NULL,
  model text COLLATE "C" NOT NULL,
  tier text,
  use_case text,
  key text COLLATE "C",
  agent text COLLATE "C",
  workflow text COLLATE "C",
  user_name text COLLATE "C",
  session text,
  tags text,                                  -- a JSON object
  started bigint,
  at bigint NOT NULL,                         -- when the attempt ended
  first_token_nanos bigint,
  duration_nanos bigint NOT NULL,             -- -1: unknown
  input bigint,
  cached_input bigint,
  cache_write bigint,
  output bigint,
  reasoning bigint,
  audio_input bigint,
  image_input bigint,
  audio_output bigint,
  image_output bigint,
  counted text,
  cost_nano_usd bigint,
  price_version text,
  outcome text,
  failure text
);
CREATE INDEX ledger_by_time ON ledger (at);
CREATE INDEX ledger_by_call ON ledger (call);
