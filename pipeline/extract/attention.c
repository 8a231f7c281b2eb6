/* The attention half of one layer of the encoder, on processors with AMX: what onnxruntime counts in float32.
 *
 * attend(x, products, numbers, y) reads x [pieces, 384], writes y of the same shape:
 *
 *     y = norm(x + out(softmax(q k' / sqrt(32)) v)),  q, k, v = qkv(x), by 12 heads of 32
 *
 * The linear maps are int8 by int8 (each row of their input has a scale of its own), attention itself bf16 with sums in
 * float32. Products are made of tiles: 16 rows of 64 bytes, as the instructions want them. `m` is the number of
 * pieces, rounded up to 32; no row looks at the keys behind the last piece, whose chances are nought.
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#if defined(__x86_64__) && defined(__linux__)

#include <immintrin.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define AMX __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512bf16,amx-tile,amx-bf16,amx-int8")))

enum {
    WIDTH = 384,
    HEADS = 12,
    HEAD = WIDTH / HEADS,
    BLOCK = 32,            /* rows and columns of a product: two tiles by two */
    DEEP = WIDTH / 64,     /* tiles in a row of int8 */
    TILE = 16 * 64,        /* bytes */
    LANES = WIDTH / 16,    /* registers in a row of floats */
    PRODUCTS = 4 * WIDTH * WIDTH,
    NUMBERS = 10 * WIDTH,
};

typedef struct { uint8_t palette, start, reserved[14]; uint16_t bytes[16]; uint8_t rows[16]; } Tiles;
typedef struct { __m512 left, right; } Row; /* 32 floats */

/* One linear map: the weights by blocks of 16 columns, [DEEP][16][16 columns][4 rows]; a scale and a bias a column. */
typedef struct { const int8_t *weights; const float *scales, *biases; } Linear;

typedef struct {
    Linear qkv, out;
    const float *norm_scale, *norm_bias;
} Layer;

/* What is between: q by rows, k and v as tiles, the scores and chances of 32 rows, all heads' results, int8 rows. */
typedef struct {
    float *context, *scores, *row_scales;
    uint16_t *q, *k, *v, *chances;
    int8_t *bytes;
} Scratch;

/* Intel's: EAX 7: AMX-BF16 is bit 22 of EDX, AMX-TILE 24, AMX-INT8 25. The kernel lends the tiles to who asks. */
static int has_amx(void) {
    enum { REQUEST = 0x1023, TILE_DATA = 18, BITS = 1 << 22 | 1 << 24 | 1 << 25 };
    unsigned a = 7, b, c = 0, d;
    __asm__("cpuid" : "+a"(a), "=b"(b), "+c"(c), "=d"(d));
    return (d & BITS) == BITS && __builtin_cpu_supports("avx512bf16") && __builtin_cpu_supports("avx512bw")
        && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")
        && syscall(SYS_arch_prctl, REQUEST, TILE_DATA) == 0;
}

/* 2**x for x <= 0, to one part in ten thousand: bf16 keeps one in 256. */
AMX static inline __m512 power_of_two(__m512 x) {
    const __m512 fraction = _mm512_reduce_ps(x, 1); /* x - floor(x) */
    __m512 p = _mm512_set1_ps(0.0780245f);
    p = _mm512_fmadd_ps(p, fraction, _mm512_set1_ps(0.2260671f));
    p = _mm512_fmadd_ps(p, fraction, _mm512_set1_ps(0.6958335f));
    p = _mm512_fmadd_ps(p, fraction, _mm512_set1_ps(0.9999252f));
    return _mm512_scalef_ps(p, x); /* p * 2**floor(x) */
}

/* Rows of floats as int8, and the scale of each; the rows from n to m are nought. */
AMX static void quantise(const float *x, long n, long m, int8_t *bytes, float *scales) {
    for (long i = 0; i < n; i++, x += WIDTH, bytes += WIDTH) {
        __m512 largest = _mm512_setzero_ps();
        for (int j = 0; j < LANES; j++) largest = _mm512_max_ps(largest, _mm512_abs_ps(_mm512_loadu_ps(x + 16 * j)));
        const float most = _mm512_reduce_max_ps(largest);
        const __m512 by = _mm512_set1_ps(most > 0 ? 127 / most : 0);
        scales[i] = most / 127;
        for (int j = 0; j < LANES; j++) {
            const __m512i rounded = _mm512_cvtps_epi32(_mm512_mul_ps(_mm512_loadu_ps(x + 16 * j), by));
            _mm_storeu_si128((__m128i *)(bytes + 16 * j), _mm512_cvtsepi32_epi8(rounded));
        }
    }
    memset(bytes, 0, (size_t)(m - n) * WIDTH);
    memset(scales + n, 0, (size_t)(m - n) * sizeof *scales);
}

/* The product of 32 rows of int8 and 32 columns of weights, from `column`: sums [32][32]. */
AMX static inline void multiply(const int8_t *rows, const Linear *linear, long column, int32_t *sums) {
    const int8_t *left = linear->weights + column * WIDTH, *right = left + DEEP * TILE;
    _tile_zero(4); _tile_zero(5); _tile_zero(6); _tile_zero(7);
    for (int k = 0; k < DEEP; k++) {
        _tile_loadd(0, rows + 64 * k, WIDTH);
        _tile_loadd(1, rows + 16 * WIDTH + 64 * k, WIDTH);
        _tile_loadd(2, left + TILE * k, 64);
        _tile_loadd(3, right + TILE * k, 64);
        _tile_dpbssd(4, 0, 2); _tile_dpbssd(5, 0, 3); _tile_dpbssd(6, 1, 2); _tile_dpbssd(7, 1, 3);
    }
    _tile_stored(4, sums, 4 * BLOCK);
    _tile_stored(5, sums + 16, 4 * BLOCK);
    _tile_stored(6, sums + 16 * BLOCK, 4 * BLOCK);
    _tile_stored(7, sums + 16 * BLOCK + 16, 4 * BLOCK);
}

/* Row r of such sums as floats: times the scales of row and columns, plus the bias. */
AMX static inline Row row_of(const int32_t *sums, int r, float scale, const Linear *linear, long column) {
    const float *scales = linear->scales + column, *biases = linear->biases + column;
    const __m512 by = _mm512_set1_ps(scale);
    const __m512 left = _mm512_cvtepi32_ps(_mm512_load_si512(sums + BLOCK * r));
    const __m512 right = _mm512_cvtepi32_ps(_mm512_load_si512(sums + BLOCK * r + 16));
    Row row;
    row.left = _mm512_fmadd_ps(left, _mm512_mul_ps(by, _mm512_loadu_ps(scales)), _mm512_loadu_ps(biases));
    row.right = _mm512_fmadd_ps(right, _mm512_mul_ps(by, _mm512_loadu_ps(scales + 16)), _mm512_loadu_ps(biases + 16));
    return row;
}

AMX static inline __m512i halves_of(Row row) { return (__m512i)_mm512_cvtne2ps_pbh(row.right, row.left); }

/* Two rows of 16 floats as 16 pairs of bf16, as a tile's row of v. */
AMX static inline __m512i pairs_of(__m512 first, __m512 second) {
    const __m512i low = _mm512_cvtepu16_epi32((__m256i)_mm512_cvtneps_pbh(first));
    const __m512i high = _mm512_cvtepu16_epi32((__m256i)_mm512_cvtneps_pbh(second));
    return _mm512_or_si512(low, _mm512_slli_epi32(high, 16));
}

/* 16 rows of 16 pairs, transposed: as a tile of k. */
AMX static inline void transpose(__m512i *rows, uint16_t *tile) {
    __m512i t[16];
    for (int j = 0; j < 16; j += 2) {
        t[j] = _mm512_unpacklo_epi32(rows[j], rows[j + 1]);
        t[j + 1] = _mm512_unpackhi_epi32(rows[j], rows[j + 1]);
    }
    for (int j = 0; j < 16; j += 4) {
        rows[j] = _mm512_unpacklo_epi64(t[j], t[j + 2]);
        rows[j + 1] = _mm512_unpackhi_epi64(t[j], t[j + 2]);
        rows[j + 2] = _mm512_unpacklo_epi64(t[j + 1], t[j + 3]);
        rows[j + 3] = _mm512_unpackhi_epi64(t[j + 1], t[j + 3]);
    }
    for (int j = 0; j < 4; j++) {
        t[j] = _mm512_shuffle_i32x4(rows[j], rows[4 + j], 0x88);
        t[4 + j] = _mm512_shuffle_i32x4(rows[j], rows[4 + j], 0xdd);
        t[8 + j] = _mm512_shuffle_i32x4(rows[8 + j], rows[12 + j], 0x88);
        t[12 + j] = _mm512_shuffle_i32x4(rows[8 + j], rows[12 + j], 0xdd);
    }
    for (int j = 0; j < 4; j++) {
        rows[j] = _mm512_shuffle_i32x4(t[j], t[8 + j], 0x88);
        rows[4 + j] = _mm512_shuffle_i32x4(t[4 + j], t[12 + j], 0x88);
        rows[8 + j] = _mm512_shuffle_i32x4(t[j], t[8 + j], 0xdd);
        rows[12 + j] = _mm512_shuffle_i32x4(t[4 + j], t[12 + j], 0xdd);
    }
    for (int j = 0; j < 16; j++) _mm512_store_si512(tile + 32 * j, rows[j]);
}

/* q, k, v of one head for all rows. q carries the scale of the scores, and 1 / log 2, as powers are of two. */
AMX static void project(const Layer *layer, int head, long m, Scratch *s) {
    _Alignas(64) int32_t sums[BLOCK * BLOCK];
    const __m512 scale = _mm512_set1_ps((float)(M_LOG2E / sqrt(HEAD)));
    const long column = (long)head * HEAD;
    for (long i = 0; i < m; i += BLOCK) {
        const float *scales = s->row_scales + i;
        multiply(s->bytes + i * WIDTH, &layer->qkv, column, sums);
        for (int r = 0; r < BLOCK; r++) {
            Row row = row_of(sums, r, scales[r], &layer->qkv, column);
            row.left = _mm512_mul_ps(row.left, scale);
            row.right = _mm512_mul_ps(row.right, scale);
            _mm512_store_si512(s->q + (i + r) * HEAD, halves_of(row));
        }
        multiply(s->bytes + i * WIDTH, &layer->qkv, WIDTH + column, sums);
        for (int half = 0; half < BLOCK; half += 16) {
            __m512i rows[16];
            for (int r = 0; r < 16; r++) {
                rows[r] = halves_of(row_of(sums, half + r, scales[half + r], &layer->qkv, WIDTH + column));
            }
            transpose(rows, s->k + (i + half) * HEAD);
        }
        multiply(s->bytes + i * WIDTH, &layer->qkv, 2 * WIDTH + column, sums);
        for (int r = 0; r < BLOCK; r += 2) {
            const Row first = row_of(sums, r, scales[r], &layer->qkv, 2 * WIDTH + column);
            const Row second = row_of(sums, r + 1, scales[r + 1], &layer->qkv, 2 * WIDTH + column);
            uint16_t *tile = s->v + i * HEAD + 16 * r;
            _mm512_store_si512(tile, pairs_of(first.left, second.left));
            _mm512_store_si512(tile + 16 * HEAD, pairs_of(first.right, second.right));
        }
    }
}

/* The first n scores of a row as powers of two beside the largest, in bf16; returns what their sum must be divided by.
 * Those behind n, up to the next 32, are nought. */
AMX static inline float exponents(const float *scores, uint16_t *chances, long n) {
    const long whole = n / 32 * 32, rest = n - whole;
    const __mmask16 left = rest >= 16 ? 0xffff : (1u << rest) - 1, right = rest > 16 ? (1u << (rest - 16)) - 1 : 0;
    const __m512 lowest = _mm512_set1_ps(-3e38f);
    __m512 a = lowest, b = lowest;
    for (long j = 0; j < whole; j += 32) {
        a = _mm512_max_ps(a, _mm512_load_ps(scores + j));
        b = _mm512_max_ps(b, _mm512_load_ps(scores + j + 16));
    }
    if (rest) {
        a = _mm512_mask_max_ps(a, left, a, _mm512_load_ps(scores + whole));
        b = _mm512_mask_max_ps(b, right, b, _mm512_load_ps(scores + whole + 16));
    }
    const __m512 most = _mm512_set1_ps(_mm512_reduce_max_ps(_mm512_max_ps(a, b)));
    __m512 sum = _mm512_setzero_ps();
    for (long j = 0; j < n; j += 32) {
        a = power_of_two(_mm512_sub_ps(_mm512_load_ps(scores + j), most));
        b = power_of_two(_mm512_sub_ps(_mm512_load_ps(scores + j + 16), most));
        if (j == whole) {
            a = _mm512_maskz_mov_ps(left, a);
            b = _mm512_maskz_mov_ps(right, b);
        }
        sum = _mm512_add_ps(sum, _mm512_add_ps(a, b));
        _mm512_store_si512(chances + j, (__m512i)_mm512_cvtne2ps_pbh(b, a));
    }
    return _mm512_reduce_add_ps(sum);
}

/* Attention of one head; its 32 columns of the context are written. */
AMX static void mix(long n, long m, Scratch *s, float *context) {
    _Alignas(64) float mixed[BLOCK * HEAD];
    float sums[BLOCK];
    for (long i = 0; i < n; i += BLOCK) {
        const int rows = n - i < BLOCK ? (int)(n - i) : BLOCK;
        _tile_loadd(0, s->q + i * HEAD, 64);
        _tile_loadd(1, s->q + (i + 16) * HEAD, 64);
        for (long j = 0; j < m; j += BLOCK) {
            _tile_loadd(2, s->k + j * HEAD, 64);
            _tile_loadd(3, s->k + (j + 16) * HEAD, 64);
            _tile_zero(4); _tile_zero(5); _tile_zero(6); _tile_zero(7);
            _tile_dpbf16ps(4, 0, 2); _tile_dpbf16ps(5, 0, 3); _tile_dpbf16ps(6, 1, 2); _tile_dpbf16ps(7, 1, 3);
            _tile_stored(4, s->scores + j, 4 * m);
            _tile_stored(5, s->scores + j + 16, 4 * m);
            _tile_stored(6, s->scores + 16 * m + j, 4 * m);
            _tile_stored(7, s->scores + 16 * m + j + 16, 4 * m);
        }
        for (int r = 0; r < rows; r++) sums[r] = exponents(s->scores + r * m, s->chances + r * m, n);
        _tile_zero(4); _tile_zero(5); _tile_zero(6); _tile_zero(7);
        for (long j = 0; j < m; j += BLOCK) {
            _tile_loadd(0, s->chances + j, 2 * m);
            _tile_loadd(1, s->chances + 16 * m + j, 2 * m);
            _tile_loadd(2, s->v + j * HEAD, 64);
            _tile_loadd(3, s->v + (j + 16) * HEAD, 64);
            _tile_dpbf16ps(4, 0, 2); _tile_dpbf16ps(5, 0, 3); _tile_dpbf16ps(6, 1, 2); _tile_dpbf16ps(7, 1, 3);
        }
        _tile_stored(4, mixed, 4 * HEAD);
        _tile_stored(5, mixed + 16, 4 * HEAD);
        _tile_stored(6, mixed + 16 * HEAD, 4 * HEAD);
        _tile_stored(7, mixed + 16 * HEAD + 16, 4 * HEAD);
        for (int r = 0; r < rows; r++) {
            float *to = context + (i + r) * WIDTH;
            const __m512 by = _mm512_set1_ps(1 / sums[r]);
            _mm512_storeu_ps(to, _mm512_mul_ps(_mm512_load_ps(mixed + r * HEAD), by));
            _mm512_storeu_ps(to + 16, _mm512_mul_ps(_mm512_load_ps(mixed + r * HEAD + 16), by));
        }
    }
}

/* Layer norm of one row, in place. */
AMX static void normalise(float *row, const Layer *layer) {
    const float epsilon = 1e-12f; /* BERT's */
    __m512 sum = _mm512_setzero_ps(), squares = _mm512_setzero_ps();
    for (int j = 0; j < WIDTH; j += 16) sum = _mm512_add_ps(sum, _mm512_loadu_ps(row + j));
    const __m512 mean = _mm512_set1_ps(_mm512_reduce_add_ps(sum) / WIDTH);
    for (int j = 0; j < WIDTH; j += 16) {
        const __m512 off = _mm512_sub_ps(_mm512_loadu_ps(row + j), mean);
        squares = _mm512_fmadd_ps(off, off, squares);
    }
    const __m512 by = _mm512_set1_ps(1 / sqrtf(_mm512_reduce_add_ps(squares) / WIDTH + epsilon));
    for (int j = 0; j < WIDTH; j += 16) {
        const __m512 off = _mm512_mul_ps(_mm512_sub_ps(_mm512_loadu_ps(row + j), mean), by);
        const __m512 scale = _mm512_loadu_ps(layer->norm_scale + j), bias = _mm512_loadu_ps(layer->norm_bias + j);
        _mm512_storeu_ps(row + j, _mm512_fmadd_ps(off, scale, bias));
    }
}

/* y = norm(x + out(context)); the context lies in the scratch as int8. */
AMX static void put_out(const float *x, long n, const Layer *layer, const Scratch *s, float *y) {
    _Alignas(64) int32_t sums[BLOCK * BLOCK];
    for (long i = 0; i < n; i += BLOCK) {
        const int rows = n - i < BLOCK ? (int)(n - i) : BLOCK;
        for (long column = 0; column < WIDTH; column += BLOCK) {
            multiply(s->bytes + i * WIDTH, &layer->out, column, sums);
            for (int r = 0; r < rows; r++) {
                const long at = (i + r) * WIDTH + column;
                const Row row = row_of(sums, r, s->row_scales[i + r], &layer->out, column);
                _mm512_storeu_ps(y + at, _mm512_add_ps(row.left, _mm512_loadu_ps(x + at)));
                _mm512_storeu_ps(y + at + 16, _mm512_add_ps(row.right, _mm512_loadu_ps(x + at + 16)));
            }
        }
        for (int r = 0; r < rows; r++) normalise(y + (i + r) * WIDTH, layer);
    }
}

/* Every part begins at a multiple of 64 bytes, as m is one of 32. */
static void *divide(long m, Scratch *s) {
    const size_t floats = (size_t)m * (WIDTH + BLOCK + 1), halves = (size_t)m * (3 * HEAD + BLOCK);
    const size_t bytes = 4 * floats + 2 * halves + (size_t)m * WIDTH;
    float *memory = aligned_alloc(64, bytes);
    if (!memory) return NULL;
    s->context = memory;
    s->scores = s->context + m * WIDTH;
    s->row_scales = s->scores + m * BLOCK;
    s->q = (uint16_t *)(s->row_scales + m);
    s->k = s->q + m * HEAD;
    s->v = s->k + m * HEAD;
    s->chances = s->v + m * HEAD;
    s->bytes = (int8_t *)(s->chances + m * BLOCK);
    return memory;
}

/* Returns nought, or -1 where there is no memory. The tiles' shape is given back: onnxruntime keeps its own there. */
AMX static int attend(const float *x, long n, const Layer *layer, float *y) {
    const long m = (n + BLOCK - 1) / BLOCK * BLOCK;
    _Alignas(64) Tiles before, tiles = {.palette = 1};
    Scratch s;
    void *memory = divide(m, &s);
    if (!memory) return -1;
    for (int t = 0; t < 8; t++) tiles.rows[t] = 16, tiles.bytes[t] = 64;
    _tile_storeconfig(&before);
    _tile_loadconfig(&tiles);
    quantise(x, n, m, s.bytes, s.row_scales);
    for (int head = 0; head < HEADS; head++) {
        project(layer, head, m, &s);
        mix(n, m, &s, s.context + head * HEAD);
    }
    quantise(s.context, n, m, s.bytes, s.row_scales);
    put_out(x, n, layer, &s, y);
    if (before.palette) _tile_loadconfig(&before); else _tile_release();
    free(memory);
    return 0;
}

static int run(const float *x, Py_ssize_t n, const int8_t *products, const float *numbers, float *y) {
    const float *qkv = numbers, *out = numbers + 6 * WIDTH;
    const Layer layer = {
        .qkv = {products, qkv, qkv + 3 * WIDTH},
        .out = {products + 3 * WIDTH * WIDTH, out, out + WIDTH},
        .norm_scale = out + 2 * WIDTH,
        .norm_bias = out + 3 * WIDTH,
    };
    return attend(x, n, &layer, y);
}

#else

enum { WIDTH = 384, PRODUCTS = 4 * WIDTH * WIDTH, NUMBERS = 10 * WIDTH };
static int has_amx(void) { return 0; }
static int run(const float *x, Py_ssize_t n, const signed char *products, const float *numbers, float *y) {
    (void)x, (void)n, (void)products, (void)numbers, (void)y;
    return -1;
}

#endif

static int may_run = -1; /* asked once, when the module is loaded */

static PyObject *py_available(PyObject *self, PyObject *none) {
    (void)self, (void)none;
    return PyBool_FromLong(may_run);
}

static PyObject *py_attend(PyObject *self, PyObject *arguments) {
    Py_buffer x, products, numbers, y;
    const Py_ssize_t row = WIDTH * (Py_ssize_t)sizeof(float);
    int done = 0;
    (void)self;
    if (!PyArg_ParseTuple(arguments, "y*y*y*w*", &x, &products, &numbers, &y)) return NULL;
    if (!may_run) {
        PyErr_SetString(PyExc_RuntimeError, "this processor has no AMX: ask available() first");
    } else if (x.len == 0 || x.len % row || y.len != x.len) {
        PyErr_Format(PyExc_ValueError, "x and y must be rows of %d float32, as many: %zd and %zd bytes", WIDTH, x.len, y.len);
    } else if (products.len != PRODUCTS || numbers.len != NUMBERS * (Py_ssize_t)sizeof(float)) {
        PyErr_Format(PyExc_ValueError, "weights of %zd and %zd bytes, not %d and %d", products.len, numbers.len, PRODUCTS,
                     NUMBERS * (int)sizeof(float));
    } else {
        Py_BEGIN_ALLOW_THREADS
        done = run(x.buf, x.len / row, products.buf, numbers.buf, y.buf);
        Py_END_ALLOW_THREADS
        if (done != 0) PyErr_NoMemory();
    }
    PyBuffer_Release(&x);
    PyBuffer_Release(&products);
    PyBuffer_Release(&numbers);
    PyBuffer_Release(&y);
    if (PyErr_Occurred()) return NULL;
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"available", py_available, METH_NOARGS, "Say whether this processor can run `attend`."},
    {"attend", py_attend, METH_VARARGS, "attend(x, products, numbers, y): write the attention half of a layer to y."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "attention", NULL, -1, methods, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit_attention(void) {
    may_run = has_amx();
    return PyModule_Create(&module);
}
