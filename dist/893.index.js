export const id = 893;
export const ids = [893];
export const modules = {

/***/ 2893:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   scratchAt: () => (/* binding */ scratchAt)
/* harmony export */ });
/* harmony import */ var _names_digest_id_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9373);

async function scratchAt({ backend, drills, folder, table }, { stateS3, dynamodb, openSource }) {
    const { putScratch, deleteScratch, listScratch } = await Promise.all(/* import() */[__webpack_require__.e(291), __webpack_require__.e(279), __webpack_require__.e(136), __webpack_require__.e(869), __webpack_require__.e(711), __webpack_require__.e(13)]).then(__webpack_require__.bind(__webpack_require__, 1013));
    const { putDigest, deleteDigest } = await Promise.all(/* import() */[__webpack_require__.e(291), __webpack_require__.e(279), __webpack_require__.e(136), __webpack_require__.e(869), __webpack_require__.e(305), __webpack_require__.e(95)]).then(__webpack_require__.bind(__webpack_require__, 9095));
    const { bucket } = backend;
    const s3 = await stateS3();
    const itemOf = (path) => table !== undefined && { table, id: (0,_names_digest_id_js__WEBPACK_IMPORTED_MODULE_0__/* .digestId */ .s)(bucket, path) };
    return {
        folder,
        open: openSource,
        async put(path, { body, md5 }, signal) {
            await putScratch(s3, backend, { path, body, signal });
            const item = itemOf(path);
            if (item)
                await putDigest(await dynamodb(), item, { md5, signal });
        },
        async remove(path, signal) {
            const item = itemOf(path);
            if (item)
                await deleteDigest(await dynamodb(), item, signal);
            await deleteScratch(s3, bucket, { path, signal });
        },
        list: (signal) => listScratch(s3, { bucket, folder: drills }, signal),
    };
}


/***/ })

};
