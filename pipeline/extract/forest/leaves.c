/* What `cuts.Cuts.sums` does in numpy, in one go: an article asks with few rows, and numpy's calls cost more than they do.
 *
 * sums(rows, features, begins, bounds, left, whole, values, out): rows [rows, width] and out [rows] are float32. The cut
 * number c asks of the number features[c]; its bounds are bounds[begins[c]:begins[c + 1]], in order, and the leaves that
 * they leave, as bits, the rows of left [bounds + cuts, trees] from begins[c] + c on. whole [trees] are all leaves,
 * values [trees, leaves] what they say.
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>
#include <string.h>

enum { ROWS, FEATURES, BEGINS, BOUNDS, LEFT, WHOLE, VALUES, OUT, BUFFERS };

/* How many of the bounds are smaller than x. Without branches: where the search goes cannot be foretold. */
static int32_t smaller(const float *bounds, int32_t count, float x) {
    const float *from = bounds;
    while (count > 1) {
        const int32_t half = count / 2;
        from += (from[half - 1] < x) * half;
        count -= half;
    }
    return (int32_t)(from - bounds) + (count && *from < x);
}

static int add_up(const Py_buffer *given) {
    const float *row = given[ROWS].buf, *bounds = given[BOUNDS].buf, *values = given[VALUES].buf;
    const int32_t *features = given[FEATURES].buf, *begins = given[BEGINS].buf;
    const uint16_t *table = given[LEFT].buf;
    const Py_ssize_t cuts = given[FEATURES].len / 4, trees = given[WHOLE].len / 2, count = given[OUT].len / 4;
    const Py_ssize_t width = given[ROWS].len / 4 / count, leaves = given[VALUES].len / 4 / trees;
    float *out = given[OUT].buf;
    uint16_t *left = PyMem_RawMalloc((size_t)given[WHOLE].len);
    if (!left) return -1;
    for (Py_ssize_t r = 0; r < count; r++, row += width) {
        memcpy(left, given[WHOLE].buf, (size_t)given[WHOLE].len);
        for (Py_ssize_t c = 0; c < cuts; c++) {
            const int32_t place = smaller(bounds + begins[c], begins[c + 1] - begins[c], row[features[c]]);
            const uint16_t *kept = table + (begins[c] + c + place) * trees;
            for (Py_ssize_t t = 0; t < trees; t++) left[t] &= kept[t];
        }
        double sum = 0;
        for (Py_ssize_t t = 0; t < trees; t++) sum += values[t * leaves + __builtin_ctz(left[t])];
        out[r] = (float)sum;
    }
    PyMem_RawFree(left);
    return 0;
}

/* Says what would be read beyond its end, or nought. */
static const char *fault(const Py_buffer *given) {
    const Py_ssize_t cuts = given[FEATURES].len / 4, trees = given[WHOLE].len / 2, count = given[OUT].len / 4;
    const Py_ssize_t bounds = given[BOUNDS].len / 4;
    const int32_t *features = given[FEATURES].buf, *begins = given[BEGINS].buf;
    const uint16_t *whole = given[WHOLE].buf;
    if (!trees || !count || given[ROWS].len % (4 * count)) return "rows";
    if (given[VALUES].len % (4 * trees) || given[VALUES].len > 64 * trees) return "values";
    if (given[BEGINS].len != 4 * (cuts + 1) || begins[0] || begins[cuts] != bounds) return "begins";
    if (given[LEFT].len != 2 * (bounds + cuts) * trees) return "left";
    for (Py_ssize_t c = 0; c < cuts; c++) {
        if (begins[c] > begins[c + 1]) return "begins";
        if (features[c] < 0 || features[c] >= given[ROWS].len / 4 / count) return "features";
    }
    for (Py_ssize_t t = 0; t < trees; t++) {
        if (!whole[t]) return "whole";
    }
    return NULL;
}

static PyObject *py_sums(PyObject *self, PyObject *arguments) {
    Py_buffer given[BUFFERS];
    (void)self;
    if (!PyArg_ParseTuple(arguments, "y*y*y*y*y*y*y*w*", &given[0], &given[1], &given[2], &given[3], &given[4], &given[5],
                          &given[6], &given[7])) return NULL;
    const char *wrong = fault(given);
    if (wrong) {
        PyErr_Format(PyExc_ValueError, "%s: not of the size that the others have", wrong);
    } else if (add_up(given)) {
        PyErr_NoMemory();
    }
    for (int i = 0; i < BUFFERS; i++) PyBuffer_Release(&given[i]);
    if (PyErr_Occurred()) return NULL;
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"sums", py_sums, METH_VARARGS, "sums(rows, features, begins, bounds, left, whole, values, out): write the sums."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "leaves", NULL, -1, methods, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit_leaves(void) { return PyModule_Create(&module); }
