package dev.tierway.adapter.persistence.sqlite;

import java.util.List;
import java.util.stream.Stream;

/**
 * A step of the schema; never changed once released.
 *
 * @param statements run in order, in one transaction with the version's row
 */
record Migration(int version, String what, List<String> statements) {
    static final List<Migration> ALL = List.of(
            new Migration(
                    1,
                    "ledger and decisions",
                    List.of(
                            // One row per opening of the file: tells writers to it apart.
                            "CREATE TABLE opening (id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL)",
                            """
                            CREATE TABLE ledger (
                              id INTEGER PRIMARY KEY, call TEXT NOT NULL, attempt INTEGER NOT NULL, request TEXT NOT NULL,
                              replica TEXT NOT NULL, provider TEXT NOT NULL, model TEXT NOT NULL,
                              at INTEGER NOT NULL, duration_nanos INTEGER NOT NULL,
                              input INTEGER, cached_input INTEGER, cache_write INTEGER, output INTEGER, reasoning INTEGER,
                              counted TEXT, cost_nano_usd INTEGER, failure TEXT, key TEXT, agent TEXT, workflow TEXT)\
                            """,
                            """
                            CREATE TABLE decision (
                              id INTEGER PRIMARY KEY, number INTEGER NOT NULL UNIQUE, decision TEXT NOT NULL, at INTEGER NOT NULL, status TEXT, code TEXT,
                              model TEXT, replica TEXT, agent TEXT, spilled INTEGER NOT NULL)\
                            """,
                            "CREATE INDEX decision_by_name ON decision (decision)",
                            // Apart, so that looking for decisions doesn't read their documents.
                            "CREATE TABLE decision_document (id INTEGER PRIMARY KEY, json TEXT NOT NULL)")),
            new Migration(
                    2,
                    "operators' orders and the audit trail",
                    List.of(
                            // AUTOINCREMENT: a number is never given twice, also not one whose row is gone.
                            """
                            CREATE TABLE operator_order (
                              number INTEGER PRIMARY KEY AUTOINCREMENT, topic TEXT NOT NULL, value TEXT NOT NULL,
                              scope TEXT NOT NULL, subject TEXT NOT NULL, author TEXT NOT NULL, reason TEXT,
                              at INTEGER NOT NULL, until INTEGER, instance TEXT NOT NULL,
                              UNIQUE (topic, scope, subject))\
                            """, """
                            CREATE TABLE audit (
                              id INTEGER PRIMARY KEY, action TEXT NOT NULL, value TEXT NOT NULL, scope TEXT NOT NULL,
                              subject TEXT NOT NULL, author TEXT NOT NULL, reason TEXT, at INTEGER NOT NULL,
                              until INTEGER, instance TEXT NOT NULL)\
                            """)),
            new Migration(
                    3,
                    "what suffices to decide again",
                    // Deflated JSON; apart, because hardly anybody asks for it.
                    List.of("CREATE TABLE decision_replay (id INTEGER PRIMARY KEY, json BLOB NOT NULL)")),
            new Migration(
                    4,
                    "more of each attempt in the ledger",
                    // Columns added at the end change no row: a large file opens as fast as before.
                    Stream.of(
                                    "tier TEXT",
                                    "use_case TEXT",
                                    "user_name TEXT",
                                    "session TEXT",
                                    "tags TEXT",
                                    "started INTEGER",
                                    "first_token_nanos INTEGER",
                                    "price_version TEXT",
                                    "outcome TEXT",
                                    "first_of_call INTEGER",
                                    "audio_input INTEGER",
                                    "image_input INTEGER",
                                    "audio_output INTEGER",
                                    "image_output INTEGER")
                            .map(column -> "ALTER TABLE ledger ADD COLUMN " + column)
                            .toList()),
            new Migration(
                    5,
                    "the usage of limits, and reservations that are open",
                    List.of(
                            // What is used of one limit, replaced at each change; of no use to anybody after rest_at.
                            """
                            CREATE TABLE quota_usage (
                              owner TEXT NOT NULL, dimension TEXT NOT NULL, window_nanos INTEGER NOT NULL,
                              amount INTEGER NOT NULL, burst INTEGER NOT NULL, used INTEGER NOT NULL, reserved INTEGER NOT NULL,
                              carry INTEGER NOT NULL, start_at INTEGER NOT NULL, end_at INTEGER NOT NULL,
                              at INTEGER NOT NULL, rest_at INTEGER NOT NULL,
                              PRIMARY KEY (owner, dimension, window_nanos)) WITHOUT ROWID\
                            """,
                            "CREATE INDEX quota_usage_at_rest ON quota_usage (rest_at)",
                            // Gone when the attempt ends: what is still here at a start was cut off with its process.
                            """
                            CREATE TABLE quota_open (
                              call TEXT NOT NULL, attempt INTEGER NOT NULL, request TEXT NOT NULL, replica TEXT NOT NULL,
                              provider TEXT NOT NULL, model TEXT NOT NULL, at INTEGER NOT NULL, key TEXT, agent TEXT,
                              workflow TEXT, user TEXT, tags TEXT NOT NULL, price_version TEXT,
                              requests INTEGER NOT NULL, input INTEGER NOT NULL, output INTEGER NOT NULL,
                              cost_nano_usd INTEGER NOT NULL, expected_nano_usd INTEGER NOT NULL,
                              PRIMARY KEY (call, attempt)) WITHOUT ROWID\
                            """)),
            new Migration(
                    6,
                    "API keys",
                    List.of(
                            // AUTOINCREMENT: a number is never given twice, also not one whose row is gone.
                            "CREATE TABLE api_key (number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,"
                                    + " document TEXT NOT NULL)",
                            "CREATE TABLE api_key_use (id TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID",
                            "ALTER TABLE decision ADD COLUMN key TEXT",
                            "CREATE INDEX decision_by_key ON decision (key, number)")),
            new Migration(7, "configurations that were in force", List.of("""
                CREATE TABLE config_generation (
                  number INTEGER PRIMARY KEY, at INTEGER NOT NULL, origin TEXT NOT NULL, author TEXT NOT NULL,
                  reason TEXT, instance TEXT NOT NULL, rollback_to INTEGER, hash TEXT NOT NULL, file TEXT,
                  document TEXT, incomplete TEXT)\
                """)),
            new Migration(
                    8,
                    "steps of workflows and the state their agents share",
                    List.of(
                            // number: in the order of completion, null until then; until: when a silent writer is taken
                            // for dead.
                            """
                            CREATE TABLE workflow_step (
                              id INTEGER PRIMARY KEY, key TEXT NOT NULL, workflow TEXT NOT NULL, step TEXT NOT NULL,
                              request_hash TEXT NOT NULL, writer TEXT NOT NULL, until INTEGER NOT NULL, number INTEGER,
                              agent TEXT, call TEXT, replica TEXT, failed TEXT NOT NULL, reply TEXT,
                              input INTEGER, output INTEGER, cost_nano_usd INTEGER, started INTEGER, at INTEGER NOT NULL,
                              state_version INTEGER, UNIQUE (key, workflow, step))\
                            """, """
                            CREATE TABLE workflow_state (
                              id INTEGER PRIMARY KEY, key TEXT NOT NULL, workflow TEXT NOT NULL, version INTEGER NOT NULL,
                              json TEXT NOT NULL, hash TEXT NOT NULL, agent TEXT, at INTEGER NOT NULL,
                              UNIQUE (key, workflow))\
                            """)));
}
