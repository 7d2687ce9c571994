-- Steps of workflows: claimed by one writer at a time, kept once they are completed.
CREATE TABLE workflow_step (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  key text COLLATE "C" NOT NULL,              -- '': calls without an API key
  workflow text COLLATE "C" NOT NULL,
  step text COLLATE "C" NOT NULL,
  request_hash text NOT NULL,
  writer text NOT NULL,
  until bigint NOT NULL,                      -- when a writer that says nothing is taken for dead; 0: it gave up
  number bigint,                              -- in the order of completion within the workflow; null: not completed
  agent text,
  call text,
  replica text,
  failed text[] NOT NULL,                     -- replicas where it failed
  reply text,
  input bigint,
  output bigint,
  cost_nano_usd bigint,
  started bigint,
  at bigint NOT NULL,
  state_version bigint,
  UNIQUE (key, workflow, step)
);
CREATE TABLE workflow_state (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  key text COLLATE "C" NOT NULL,
  workflow text COLLATE "C" NOT NULL,
  version bigint NOT NULL,
  json text NOT NULL,
  hash text NOT NULL,
  agent text,
  at bigint NOT NULL,
  UNIQUE (key, workflow)
);
