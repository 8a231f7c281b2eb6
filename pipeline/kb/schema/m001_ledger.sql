-- The knowledge base, first version. Times are UTC, days are ISO 8601, dates of deals EDTF (ISO 8601-2).
-- Offsets (char_start, char_end) are code points of the article's text: title, blank line, body; end exclusive.
-- Sums of money are whole hundredths of their currency's unit (cents).

-- WHERE TEXT COMES FROM

-- A newspaper, agency or company newsroom that is read.
CREATE TABLE source(
  id INTEGER PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE, -- its folder under scrapers/sources
  name TEXT NOT NULL
) STRICT;

-- One start of the program that writes: a night, a re-reading, an import.
CREATE TABLE run(
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL, -- nightly, collect, extract, import, rebuild
  started_at TEXT NOT NULL,
  finished_at TEXT,
  status TEXT NOT NULL DEFAULT 'running' CHECK(status IN('running','done','partial','failed','aborted')),
  exit_code INTEGER,
  code_version TEXT NOT NULL,
  counts TEXT NOT NULL DEFAULT '{}' CHECK(json_valid(counts)), -- what was done, as JSON
  message TEXT
) STRICT;
CREATE UNIQUE INDEX run_only_one_running ON run(status) WHERE status='running';

-- Something that a person should look at: a source below its minimum, an article that could not be read.
CREATE TABLE issue(
  id INTEGER PRIMARY KEY,
  run_id INTEGER REFERENCES run(id),
  stage TEXT NOT NULL, -- collect, parse, extract, link, store
  subject TEXT NOT NULL, -- source or address
  message TEXT NOT NULL,
  detail TEXT, -- traceback
  raised_at TEXT NOT NULL,
  resolved_at TEXT
) STRICT;
CREATE INDEX issue_open ON issue(raised_at) WHERE resolved_at IS NULL;

-- An item that failed and is to be tried again; one row an item, however often it failed.
CREATE TABLE dead_letter(
  id INTEGER PRIMARY KEY,
  stage TEXT NOT NULL,
  item TEXT NOT NULL, -- address or key of what failed
  error TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 1,
  first_failed_at TEXT NOT NULL,
  last_failed_at TEXT NOT NULL,
  resolved_at TEXT,
  UNIQUE(stage, item)
) STRICT;

-- An article as it stands now; what it said before is in article_version.
CREATE TABLE article(
  id INTEGER PRIMARY KEY,
  source_id INTEGER NOT NULL REFERENCES source(id),
  canonical_url TEXT NOT NULL UNIQUE, -- its identity
  url TEXT NOT NULL, -- where it was read
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  text TEXT GENERATED ALWAYS AS (CASE title WHEN '' THEN body ELSE title || char(10,10) || body END) VIRTUAL, -- what offsets count in
  authors TEXT NOT NULL DEFAULT '[]' CHECK(json_valid(authors)), -- JSON array
  published TEXT, -- day, Europe/Rome
  published_from TEXT NOT NULL, -- json-ld, meta, url, dateline, header, given, none
  published_trust TEXT NOT NULL CHECK(published_trust IN('high','low','none')),
  modified TEXT, -- time that the page gives
  language TEXT,
  section TEXT,
  paywalled INTEGER NOT NULL CHECK(paywalled IN(0,1)),
  body_from TEXT NOT NULL, -- which reader gave the body
  archive_key TEXT, -- the page as it came, in the archive
  text_hash TEXT NOT NULL, -- SHA-256 of text
  version INTEGER NOT NULL DEFAULT 1, -- grows when the text changes
  copy_of INTEGER REFERENCES article(id), -- the article that this one copies (a wire text, an update)
  run_id INTEGER NOT NULL REFERENCES run(id), -- that brought it first
  saved_at TEXT NOT NULL
) STRICT;
CREATE INDEX article_published ON article(published);
CREATE INDEX article_source ON article(source_id, published);
CREATE INDEX article_text_hash ON article(text_hash);
CREATE INDEX article_copy ON article(copy_of) WHERE copy_of IS NOT NULL;
CREATE INDEX article_run ON article(run_id);

-- What an article said before its text changed.
CREATE TABLE article_version(
  article_id INTEGER NOT NULL REFERENCES article(id),
  version INTEGER NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  text TEXT GENERATED ALWAYS AS (CASE title WHEN '' THEN body ELSE title || char(10,10) || body END) VIRTUAL,
  published TEXT,
  text_hash TEXT NOT NULL,
  replaced_at TEXT NOT NULL,
  PRIMARY KEY(article_id, version)
) STRICT, WITHOUT ROWID;

-- By what copies of a recent article are found: a MinHash signature of its words.
CREATE TABLE article_fingerprint(
  article_id INTEGER PRIMARY KEY REFERENCES article(id),
  fingerprint BLOB NOT NULL
) STRICT;

-- Keys of that signature; copies share one at least, nearly always. Kept for originals only, the latest thirty thousand and a few.
CREATE TABLE article_band(
  band INTEGER NOT NULL,
  article_id INTEGER NOT NULL REFERENCES article_fingerprint(article_id) ON DELETE CASCADE,
  PRIMARY KEY(band, article_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_band_article ON article_band(article_id);

-- WHAT THE READER SAID (one set of rows per article, text version and extractor)

-- A reader of articles: base pipeline, tagger and version.
CREATE TABLE extractor(
  id INTEGER PRIMARY KEY,
  pipeline TEXT NOT NULL,
  tagger TEXT NOT NULL,
  version TEXT NOT NULL,
  first_used_at TEXT NOT NULL,
  UNIQUE(pipeline, tagger, version)
) STRICT;

-- One reading of one article. The ledger is made of those that count; the others stand beside, to compare.
CREATE TABLE extraction(
  id INTEGER PRIMARY KEY,
  article_id INTEGER NOT NULL REFERENCES article(id),
  version INTEGER NOT NULL, -- of the article's text
  extractor_id INTEGER NOT NULL REFERENCES extractor(id),
  run_id INTEGER NOT NULL REFERENCES run(id),
  counts INTEGER NOT NULL CHECK(counts IN(0,1)),
  record_hash TEXT NOT NULL, -- SHA-256 of what was said
  doubts TEXT NOT NULL DEFAULT '[]' CHECK(json_valid(doubts)), -- what speaks against the day of publication
  done_at TEXT NOT NULL,
  UNIQUE(article_id, version, extractor_id)
) STRICT;
CREATE UNIQUE INDEX extraction_counts ON extraction(article_id) WHERE counts=1;
CREATE INDEX extraction_extractor ON extraction(extractor_id, article_id);
CREATE INDEX extraction_run ON extraction(run_id);

-- An organisation or person as one article tells of it; linked to an entity while its extraction counts.
CREATE TABLE appearance(
  id INTEGER PRIMARY KEY,
  extraction_id INTEGER NOT NULL REFERENCES extraction(id) ON DELETE CASCADE,
  article_id INTEGER NOT NULL REFERENCES article(id),
  kind TEXT NOT NULL CHECK(kind IN('organisation','person')),
  name TEXT NOT NULL, -- the fullest name in the article
  org_kind TEXT, -- company, bank, public, ...
  legal_form TEXT,
  aliases TEXT NOT NULL DEFAULT '[]' CHECK(json_valid(aliases)),
  office TEXT, -- of a person
  organisation_id INTEGER REFERENCES appearance(id), -- of a person: where the office is held
  place TEXT,
  province TEXT,
  region TEXT,
  day TEXT, -- of the article, where it can be trusted
  entity_id INTEGER REFERENCES entity(id)
) STRICT;
CREATE INDEX appearance_entity ON appearance(entity_id, day);
CREATE INDEX appearance_extraction ON appearance(extraction_id);
CREATE INDEX appearance_organisation ON appearance(organisation_id) WHERE organisation_id IS NOT NULL;

-- A place in an article's text where something is named, dated, counted.
CREATE TABLE mention(
  id INTEGER PRIMARY KEY,
  extraction_id INTEGER NOT NULL REFERENCES extraction(id) ON DELETE CASCADE,
  article_id INTEGER NOT NULL REFERENCES article(id),
  label TEXT NOT NULL CHECK(label IN('ORG','PER','LOC','DATE','MONEY','PERCENT')),
  char_start INTEGER NOT NULL,
  char_end INTEGER NOT NULL CHECK(char_end > char_start),
  text TEXT NOT NULL,
  value TEXT, -- EDTF; "EUR over 1000000"; "51 stake"; the place's name
  appearance_id INTEGER REFERENCES appearance(id) ON DELETE CASCADE
) STRICT;
CREATE INDEX mention_extraction ON mention(extraction_id);
CREATE INDEX mention_appearance ON mention(appearance_id) WHERE appearance_id IS NOT NULL;

-- A deal as one article tells it; belongs to a deal while its extraction counts.
CREATE TABLE deal_mention(
  id INTEGER PRIMARY KEY,
  extraction_id INTEGER NOT NULL REFERENCES extraction(id) ON DELETE CASCADE,
  article_id INTEGER NOT NULL REFERENCES article(id),
  type TEXT NOT NULL,
  status TEXT NOT NULL,
  denied INTEGER NOT NULL CHECK(denied IN(0,1)),
  currency TEXT, -- of the amount
  qualifier TEXT, -- exact, about, over, under, range
  amount_low INTEGER, -- cents; the sum itself where exact or about
  amount_high INTEGER,
  total_currency TEXT, -- of a sum told for several deals
  total_qualifier TEXT,
  total_low INTEGER,
  total_high INTEGER,
  stake REAL, -- percent
  stake_after REAL,
  date TEXT, -- EDTF, of the act that the status names
  subject TEXT,
  confidence REAL NOT NULL CHECK(confidence BETWEEN 0 AND 1),
  deal_id INTEGER REFERENCES deal(id)
) STRICT;
CREATE INDEX deal_mention_deal ON deal_mention(deal_id);
CREATE INDEX deal_mention_extraction ON deal_mention(extraction_id);
CREATE INDEX deal_mention_article ON deal_mention(article_id);

-- Who takes part in a deal, as one article tells it.
CREATE TABLE deal_mention_party(
  deal_mention_id INTEGER NOT NULL REFERENCES deal_mention(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  role TEXT NOT NULL,
  name TEXT NOT NULL, -- or the words that describe an unnamed one
  named INTEGER NOT NULL CHECK(named IN(0,1)),
  appearance_id INTEGER REFERENCES appearance(id),
  PRIMARY KEY(deal_mention_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX deal_mention_party_appearance ON deal_mention_party(appearance_id) WHERE appearance_id IS NOT NULL;

-- Where in the article each field of a deal was read.
CREATE TABLE deal_mention_span(
  deal_mention_id INTEGER NOT NULL REFERENCES deal_mention(id) ON DELETE CASCADE,
  field TEXT NOT NULL, -- sentence, trigger, amount, total, stake, date, subject, party:0, party:1, ...
  char_start INTEGER NOT NULL,
  char_end INTEGER NOT NULL CHECK(char_end > char_start),
  PRIMARY KEY(deal_mention_id, field, char_start)
) STRICT, WITHOUT ROWID;

-- By which words of which article a deal is known: what keeps its identifier when a new model reads the article.
CREATE TABLE deal_anchor(
  article_id INTEGER NOT NULL REFERENCES article(id),
  deal_id INTEGER NOT NULL REFERENCES deal(id),
  type TEXT NOT NULL, -- as last read
  quotes TEXT NOT NULL CHECK(json_valid(quotes)), -- JSON array of sentences that any reading gave as evidence
  parties TEXT NOT NULL CHECK(json_valid(parties)), -- JSON array of names that any reading gave
  PRIMARY KEY(article_id, deal_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX deal_anchor_deal ON deal_anchor(deal_id);

-- WHAT THE LEDGER HOLDS (made of the above and of what people decided)

-- An organisation or a person; rows stay for ever. See the views organisation and person.
CREATE TABLE entity(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  public_id TEXT GENERATED ALWAYS AS (CASE kind WHEN 'person' THEN 'P' ELSE 'O' END || id) VIRTUAL, -- O12, P7
  kind TEXT NOT NULL CHECK(kind IN('organisation','person')),
  name TEXT NOT NULL,
  norm TEXT NOT NULL, -- the name's normal form
  legal_form TEXT,
  org_kind TEXT,
  place TEXT,
  province TEXT, -- two letters: CN
  region TEXT, -- Piemonte
  first_seen TEXT, -- day of the first article with a day
  last_seen TEXT,
  articles INTEGER NOT NULL DEFAULT 0,
  merged_into INTEGER REFERENCES entity(id), -- the one that stands for it
  made_at TEXT NOT NULL,
  CHECK(merged_into IS NULL OR merged_into <> id)
) STRICT;
CREATE INDEX entity_norm ON entity(kind, norm);
CREATE INDEX entity_merged ON entity(merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX entity_region ON entity(region) WHERE region IS NOT NULL;
CREATE INDEX entity_province ON entity(province) WHERE province IS NOT NULL;

-- Every way in which an entity is written.
CREATE TABLE entity_alias(
  entity_id INTEGER NOT NULL REFERENCES entity(id),
  alias TEXT NOT NULL,
  norm TEXT NOT NULL,
  seen INTEGER NOT NULL DEFAULT 1, -- how often
  PRIMARY KEY(entity_id, alias)
) STRICT, WITHOUT ROWID;
CREATE INDEX entity_alias_norm ON entity_alias(norm);
CREATE INDEX entity_alias_written ON entity_alias(alias COLLATE NOCASE);

-- Keys by which entities with a name like another's are found.
CREATE TABLE entity_block(
  block TEXT NOT NULL,
  entity_id INTEGER NOT NULL REFERENCES entity(id),
  PRIMARY KEY(block, entity_id)
) STRICT, WITHOUT ROWID;

-- Two entities that may be one: the queue for `affari review`.
CREATE TABLE entity_candidate(
  entity_id INTEGER NOT NULL REFERENCES entity(id), -- the older one
  other_id INTEGER NOT NULL REFERENCES entity(id),
  score REAL NOT NULL,
  why TEXT NOT NULL,
  found_at TEXT NOT NULL,
  PRIMARY KEY(entity_id, other_id),
  CHECK(entity_id < other_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX entity_candidate_other ON entity_candidate(other_id);

-- Two deals that may be one: the queue for `affari review`.
CREATE TABLE deal_candidate(
  deal_id INTEGER NOT NULL REFERENCES deal(id), -- the older one
  other_id INTEGER NOT NULL REFERENCES deal(id),
  found_at TEXT NOT NULL,
  PRIMARY KEY(deal_id, other_id),
  CHECK(deal_id < other_id)
) STRICT, WITHOUT ROWID;

-- Who holds which office where, by what the articles say.
CREATE TABLE office(
  person_id INTEGER NOT NULL REFERENCES entity(id),
  organisation_id INTEGER NOT NULL REFERENCES entity(id),
  title TEXT NOT NULL, -- as written, lower case
  first_seen TEXT, -- day
  last_seen TEXT,
  articles INTEGER NOT NULL,
  PRIMARY KEY(person_id, organisation_id, title)
) STRICT, WITHOUT ROWID;
CREATE INDEX office_organisation ON office(organisation_id, last_seen);

-- A deal, told by one article or by many. See the view live_deal for what a researcher wants.
CREATE TABLE deal(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  public_id TEXT GENERATED ALWAYS AS ('D' || id) VIRTUAL, -- D12
  title TEXT NOT NULL DEFAULT '',
  type TEXT NOT NULL,
  family TEXT NOT NULL, -- of types that may be one deal
  status TEXT NOT NULL,
  denied INTEGER NOT NULL DEFAULT 0 CHECK(denied IN(0,1)),
  date TEXT, -- EDTF, of the act that the status names
  day TEXT, -- for sorting: first day of date, else of the first article with a day
  quarter TEXT GENERATED ALWAYS AS (substr(day,1,4) || '-T' || ((CAST(substr(day,6,2) AS INTEGER)+2)/3)) VIRTUAL, -- of day: 2026-T1
  currency TEXT,
  qualifier TEXT,
  amount_low INTEGER, -- cents
  amount_high INTEGER,
  amount_eur INTEGER, -- cents of euro: of the lower bound, or of the upper where there is no lower
  eur_rate_day TEXT, -- whose rate made amount_eur, where the currency is another
  total_currency TEXT,
  total_qualifier TEXT,
  total_low INTEGER,
  total_high INTEGER,
  stake REAL,
  stake_after REAL,
  subject TEXT,
  confidence REAL NOT NULL DEFAULT 0,
  sources INTEGER NOT NULL DEFAULT 0, -- that are not copies of each other
  articles INTEGER NOT NULL DEFAULT 0,
  disputed INTEGER NOT NULL DEFAULT 0, -- fields on which articles disagree
  review TEXT NOT NULL DEFAULT 'none' CHECK(review IN('none','confirmed','corrected','rejected')),
  live INTEGER NOT NULL DEFAULT 0 CHECK(live IN(0,1)), -- told by an article, not rejected, not part of another
  merged_into INTEGER REFERENCES deal(id), -- the one that stands for it
  record_hash TEXT NOT NULL DEFAULT '',
  first_seen TEXT NOT NULL, -- time
  last_changed TEXT NOT NULL, -- time
  CHECK(merged_into IS NULL OR merged_into <> id)
) STRICT;
CREATE INDEX deal_merged ON deal(merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX deal_live_day ON deal(day) WHERE live=1;
CREATE INDEX deal_live_type ON deal(type, day, amount_eur) WHERE live=1;
CREATE INDEX deal_live_quarter ON deal(quarter, type, day, amount_eur) WHERE live=1;
CREATE INDEX deal_live_status ON deal(status, day) WHERE live=1;
CREATE INDEX deal_live_amount ON deal(amount_eur, day, status, denied) WHERE live=1;
CREATE INDEX deal_live_changed ON deal(last_changed) WHERE live=1;
CREATE INDEX deal_live_disputed ON deal(amount_eur) WHERE live=1 AND disputed>0;
CREATE INDEX deal_live_review ON deal(amount_eur, confidence, disputed) WHERE live=1 AND review='none';

-- Who takes part in a deal.
CREATE TABLE deal_party(
  deal_id INTEGER NOT NULL REFERENCES deal(id),
  position INTEGER NOT NULL,
  role TEXT NOT NULL,
  entity_id INTEGER REFERENCES entity(id), -- NULL for an unnamed party
  name TEXT NOT NULL,
  family TEXT NOT NULL, -- of the deal, for the index
  day TEXT, -- of the deal, for the index
  PRIMARY KEY(deal_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX deal_party_entity ON deal_party(entity_id, family, day) WHERE entity_id IS NOT NULL;
CREATE INDEX deal_party_role ON deal_party(role, entity_id) WHERE entity_id IS NOT NULL;

-- What each article says of each field of a deal; `chosen` is the one the ledger takes.
CREATE TABLE deal_evidence(
  deal_id INTEGER NOT NULL REFERENCES deal(id),
  field TEXT NOT NULL, -- type, status, amount, ..., party:0 for the party at position 0
  deal_mention_id INTEGER NOT NULL REFERENCES deal_mention(id) ON DELETE CASCADE,
  value TEXT NOT NULL,
  chosen INTEGER NOT NULL CHECK(chosen IN(0,1)),
  agrees INTEGER NOT NULL CHECK(agrees IN(0,1)),
  PRIMARY KEY(deal_id, field, deal_mention_id, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX deal_evidence_mention ON deal_evidence(deal_mention_id);

-- How a deal went: one row a status, in order of time.
CREATE TABLE deal_status(
  deal_id INTEGER NOT NULL REFERENCES deal(id),
  position INTEGER NOT NULL,
  date TEXT, -- EDTF
  status TEXT NOT NULL,
  denied INTEGER NOT NULL CHECK(denied IN(0,1)),
  deal_mention_id INTEGER NOT NULL REFERENCES deal_mention(id) ON DELETE CASCADE,
  PRIMARY KEY(deal_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX deal_status_mention ON deal_status(deal_mention_id);

-- The words of a deal, for full-text search.
CREATE TABLE deal_text(
  deal_id INTEGER PRIMARY KEY REFERENCES deal(id),
  title TEXT NOT NULL,
  parties TEXT NOT NULL,
  subject TEXT NOT NULL,
  evidence TEXT NOT NULL
) STRICT;

-- Euro rates that the user loaded with `affari rates FILE`.
CREATE TABLE rate(
  currency TEXT NOT NULL, -- ISO 4217
  day TEXT NOT NULL,
  per_euro TEXT NOT NULL, -- units of currency for one euro, a decimal
  PRIMARY KEY(currency, day)
) STRICT, WITHOUT ROWID;

-- WHAT PEOPLE SAID (append only; applied again after every re-reading)

-- A decision of a person: correct, reject, confirm, merge, split, same, different.
CREATE TABLE decision(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK(kind IN('correct','reject','confirm','merge','split','same','different')),
  a TEXT NOT NULL, -- public id: D12, O7, P3
  b TEXT, -- the other public id; of a split, the new one
  field TEXT, -- of a correction
  value TEXT,
  article_id INTEGER REFERENCES article(id), -- of a split: whose telling goes
  why TEXT,
  who TEXT NOT NULL,
  made_at TEXT NOT NULL
) STRICT;
CREATE INDEX decision_a ON decision(a);
CREATE INDEX decision_b ON decision(b) WHERE b IS NOT NULL;
CREATE INDEX decision_article ON decision(article_id) WHERE article_id IS NOT NULL;

-- A decision taken back.
CREATE TABLE revocation(
  decision_id INTEGER PRIMARY KEY REFERENCES decision(id),
  why TEXT,
  who TEXT NOT NULL,
  made_at TEXT NOT NULL
) STRICT;

CREATE TRIGGER decision_stays BEFORE DELETE ON decision BEGIN SELECT RAISE(ABORT, 'decisions are revoked, not deleted'); END;
CREATE TRIGGER decision_as_made BEFORE UPDATE ON decision BEGIN SELECT RAISE(ABORT, 'decisions are revoked, not changed'); END;
CREATE TRIGGER revocation_stays BEFORE DELETE ON revocation BEGIN SELECT RAISE(ABORT, 'revocations stay; decide anew'); END;
CREATE TRIGGER revocation_as_made BEFORE UPDATE ON revocation BEGIN SELECT RAISE(ABORT, 'revocations stay; decide anew'); END;

-- SEARCH (kept in step by triggers; names as sqlite-utils and Datasette expect them)

CREATE VIRTUAL TABLE article_fts USING fts5(title, body, content="article", content_rowid='id', tokenize="unicode61 remove_diacritics 2");
CREATE TRIGGER article_ai AFTER INSERT ON article BEGIN
  INSERT INTO article_fts(rowid, title, body) VALUES(new.id, new.title, new.body); END;
CREATE TRIGGER article_ad AFTER DELETE ON article BEGIN
  INSERT INTO article_fts(article_fts, rowid, title, body) VALUES('delete', old.id, old.title, old.body); END;
CREATE TRIGGER article_au AFTER UPDATE OF title, body ON article BEGIN
  INSERT INTO article_fts(article_fts, rowid, title, body) VALUES('delete', old.id, old.title, old.body);
  INSERT INTO article_fts(rowid, title, body) VALUES(new.id, new.title, new.body); END;

CREATE VIRTUAL TABLE deal_text_fts USING fts5(title, parties, subject, evidence, content="deal_text", content_rowid='deal_id', tokenize="unicode61 remove_diacritics 2");
CREATE TRIGGER deal_text_ai AFTER INSERT ON deal_text BEGIN
  INSERT INTO deal_text_fts(rowid, title, parties, subject, evidence) VALUES(new.deal_id, new.title, new.parties, new.subject, new.evidence); END;
CREATE TRIGGER deal_text_ad AFTER DELETE ON deal_text BEGIN
  INSERT INTO deal_text_fts(deal_text_fts, rowid, title, parties, subject, evidence) VALUES('delete', old.deal_id, old.title, old.parties, old.subject, old.evidence); END;
CREATE TRIGGER deal_text_au AFTER UPDATE ON deal_text BEGIN
  INSERT INTO deal_text_fts(deal_text_fts, rowid, title, parties, subject, evidence) VALUES('delete', old.deal_id, old.title, old.parties, old.subject, old.evidence);
  INSERT INTO deal_text_fts(rowid, title, parties, subject, evidence) VALUES(new.deal_id, new.title, new.parties, new.subject, new.evidence); END;

-- VIEWS FOR RESEARCHERS

-- Organisations, each once, under the name that stands for all its aliases.
CREATE VIEW organisation AS
SELECT public_id, name, org_kind AS kind, legal_form, place, province, region, first_seen, last_seen, articles, id AS entity_id
FROM entity WHERE kind='organisation' AND merged_into IS NULL AND articles>0;

-- People, each once.
CREATE VIEW person AS
SELECT public_id, name, first_seen, last_seen, articles, id AS entity_id
FROM entity WHERE kind='person' AND merged_into IS NULL AND articles>0;

-- Every name of every organisation and person, with the one that stands for it.
CREATE VIEW name AS
SELECT a.alias AS name, a.norm, r.public_id, r.name AS stands_for, r.id AS entity_id
FROM entity_alias a JOIN entity e ON e.id=a.entity_id JOIN entity r ON r.id=coalesce(e.merged_into, e.id);

-- Deals of the ledger: told by an article, not rejected, each once. Sums in units, not cents.
CREATE VIEW live_deal AS
SELECT d.public_id, d.title, d.type, d.status, d.denied, d.date, d.day, d.currency, d.qualifier,
  d.amount_low/100.0 AS amount_low, d.amount_high/100.0 AS amount_high, d.amount_eur/100.0 AS amount_eur,
  d.stake, d.stake_after, d.subject,
  (SELECT group_concat(p.role || ' ' || p.name, '; ') FROM deal_party p WHERE p.deal_id=d.id) AS parties,
  d.confidence, d.sources, d.articles, d.disputed, d.review, d.first_seen, d.last_changed, d.id AS deal_id
FROM deal d WHERE d.live=1;

-- The sentences that prove a deal, with the article that holds them.
CREATE VIEW deal_proof AS
SELECT t.deal_id, d.public_id AS deal, m.id AS deal_mention_id, s.name AS source, a.published, a.title AS article_title, a.canonical_url AS url,
  substr(coalesce(v.text, a.text), n.char_start+1, n.char_end-n.char_start) AS sentence,
  m.article_id, n.char_start, n.char_end, m.status, x.version AS text_version, e.pipeline, e.tagger, e.version AS extractor
FROM deal_evidence t JOIN deal d ON d.id=t.deal_id JOIN deal_mention m ON m.id=t.deal_mention_id
JOIN deal_mention_span n ON n.deal_mention_id=m.id AND n.field='sentence'
JOIN extraction x ON x.id=m.extraction_id JOIN extractor e ON e.id=x.extractor_id
JOIN article a ON a.id=m.article_id JOIN source s ON s.id=a.source_id
LEFT JOIN article_version v ON v.article_id=m.article_id AND v.version=x.version
WHERE t.field='type';

-- What organisations and people did: one row a deal and role.
CREATE VIEW timeline AS
SELECT p.entity_id, e.public_id, e.name, d.day, d.date, p.role, d.type, d.status, d.title, d.amount_eur/100.0 AS amount_eur, d.public_id AS deal
FROM deal_party p JOIN deal d ON d.id=p.deal_id AND d.live=1 JOIN entity e ON e.id=p.entity_id;

-- Decisions of people that hold.
CREATE VIEW live_decision AS
SELECT * FROM decision WHERE id NOT IN (SELECT decision_id FROM revocation);
