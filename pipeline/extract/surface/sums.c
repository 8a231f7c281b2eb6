/* What `linear.Linear.sums_in_numpy` does, in one go: a case has some forty features, and numpy's calls cost more than
 * they do.
 *
 * add_up(cases, row, weights, out): `cases` is a sequence of sets or lists of hashes, `row` [hashes] (int32) gives the row
 * of `weights` [rows, classes] (int8) that a hash has, `out` [cases, classes] (float32) takes the sums. They are of whole
 * numbers: nothing is rounded, in whatever order a case's hashes come.
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>
#include <string.h>

enum { ROW, WEIGHTS, OUT, BUFFERS };
enum { MOST = 64 /* classes */, AHEAD = 64 /* hashes */ };

static int refuse(long hash) {
    PyErr_Format(PyExc_ValueError, "%ld: not a hash of this model", hash);
    return 0;
}

/* Adds up the weights of a case's hashes; says whether it could, else an error is set.
 *
 * The tagger has emptied the processor's caches before: rows and weights are asked for some at a time, so that memory is
 * waited for once and not at every hash (160 for 230 microseconds an article).
 */
static int add_case(PyObject *hashes, const Py_buffer *given, Py_ssize_t classes, int32_t *sums) {
    const int32_t *row = given[ROW].buf;
    const int8_t *weights = given[WEIGHTS].buf;
    const Py_ssize_t known = given[ROW].len / 4, rows = given[WEIGHTS].len / classes;
    const Py_ssize_t count = PySequence_Fast_GET_SIZE(hashes);
    PyObject **items = PySequence_Fast_ITEMS(hashes);
    long asked[AHEAD];
    memset(sums, 0, MOST * sizeof *sums);
    for (Py_ssize_t begin = 0; begin < count; begin += AHEAD) {
        const Py_ssize_t some = count - begin < AHEAD ? count - begin : AHEAD;
        for (Py_ssize_t i = 0; i < some; i++) {
            const long hash = asked[i] = PyLong_AsLong(items[begin + i]);
            if (hash == -1 && PyErr_Occurred()) return 0;
            if (hash < 0 || hash >= known) return refuse(hash);
            __builtin_prefetch(row + hash);
        }
        for (Py_ssize_t i = 0; i < some; i++) {
            if (row[asked[i]] < 0 || row[asked[i]] >= rows) return refuse(asked[i]);
            __builtin_prefetch(weights + row[asked[i]] * classes);
        }
        for (Py_ssize_t i = 0; i < some; i++) {
            const int8_t *from = weights + row[asked[i]] * classes;
            for (Py_ssize_t c = 0; c < classes; c++) sums[c] += from[c];
        }
    }
    return 1;
}

static int add_cases(PyObject *cases, const Py_buffer *given) {
    const Py_ssize_t count = PySequence_Fast_GET_SIZE(cases);
    const Py_ssize_t classes = count ? given[OUT].len / 4 / count : 0;
    if (!count && !given[OUT].len) return 1;
    if (classes < 1 || classes > MOST || given[OUT].len != 4 * count * classes || given[WEIGHTS].len % classes) {
        PyErr_SetString(PyExc_ValueError, "out: not of the size that the others have");
        return 0;
    }
    float *out = given[OUT].buf;
    int32_t sums[MOST];
    for (Py_ssize_t i = 0; i < count; i++, out += classes) {
        PyObject *hashes = PySequence_Fast(PySequence_Fast_GET_ITEM(cases, i), "a case is a set or a list of hashes");
        if (!hashes) return 0;
        const int added = add_case(hashes, given, classes, sums);
        Py_DECREF(hashes);
        if (!added) return 0;
        for (Py_ssize_t c = 0; c < classes; c++) out[c] = (float)sums[c];
    }
    return 1;
}

static PyObject *py_add_up(PyObject *self, PyObject *arguments) {
    PyObject *cases;
    Py_buffer given[BUFFERS];
    (void)self;
    if (!PyArg_ParseTuple(arguments, "Oy*y*w*", &cases, &given[ROW], &given[WEIGHTS], &given[OUT])) return NULL;
    PyObject *fast = PySequence_Fast(cases, "cases are a list");
    const int added = fast && add_cases(fast, given);
    Py_XDECREF(fast);
    for (int i = 0; i < BUFFERS; i++) PyBuffer_Release(&given[i]);
    if (!added) return NULL;
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"add_up", py_add_up, METH_VARARGS, "add_up(cases, row, weights, out): write the sums of each case's weights."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "sums", NULL, -1, methods, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit_sums(void) { return PyModule_Create(&module); }
