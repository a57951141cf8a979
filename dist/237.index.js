export const id = 237;
export const ids = [237];
export const modules = {

/***/ 6237:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   removeObjects: () => (/* binding */ removeObjects)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _aws_sdk_client_s3__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3711);
/* harmony import */ var _aws_s3_answers_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2397);
/* harmony import */ var _aws_send_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4539);




async function removeObjects(s3, place, keys, { now, signal }) {
    const locks = (await hasObjectLock(s3, place, signal))
        ? await inGroups(keys, ASKED_AT_ONCE, (group) => Promise.all(group.map(async (key) => ({ key, lock: await lockOf(s3, place, { key, now, signal }) }))))
        : keys.map((key) => ({ key, lock: undefined }));
    const free = locks.flatMap(({ key, lock }) => (lock ? [] : [key]));
    const locked = locks.flatMap(({ key, lock }) => (lock ? [{ kind: 'locked', key, ...lock }] : []));
    const removed = await inGroups(free, DELETED_AT_ONCE, (group) => deleteObjects(s3, place, group, signal));
    return [...locked, ...removed];
}
const ASKED_AT_ONCE = 16;
const DELETED_AT_ONCE = 1000;
async function inGroups(all, size, work) {
    const done = [];
    for (let at = 0; at < all.length; at += size)
        done.push(...(await work(all.slice(at, at + size))));
    return done;
}
async function hasObjectLock(s3, { bucket }, signal) {
    const expected = (error) => (0,_aws_s3_answers_js__WEBPACK_IMPORTED_MODULE_2__/* .isWithoutObjectLock */ .hr)(error) || (0,_aws_s3_answers_js__WEBPACK_IMPORTED_MODULE_2__/* .isNotImplemented */ .IA)(error) ? 'none' : undefined;
    const asked = { action: 's3:GetBucketObjectLockConfiguration', container: bucket, signal, expected };
    const command = new _aws_sdk_client_s3__WEBPACK_IMPORTED_MODULE_3__/* .GetObjectLockConfigurationCommand */ .mU1({ Bucket: bucket });
    const answer = await (0,_aws_send_js__WEBPACK_IMPORTED_MODULE_1__/* .send */ .tN)(s3, asked, (client, options) => client.send(command, options));
    return answer !== 'none' && answer.ObjectLockConfiguration?.ObjectLockEnabled === 'Enabled';
}
async function lockOf(s3, { bucket }, { key, now, signal }) {
    const expected = (error) => (0,_aws_s3_answers_js__WEBPACK_IMPORTED_MODULE_2__/* .isWithoutObjectLock */ .hr)(error) || (0,_aws_s3_answers_js__WEBPACK_IMPORTED_MODULE_2__/* .isNoSuchKey */ .Cg)(error) ? 'none' : undefined;
    const asked = (action) => ({ action, container: bucket, key, signal, expected });
    const object = { Bucket: bucket, Key: key };
    const [retention, hold] = await Promise.all([
        (0,_aws_send_js__WEBPACK_IMPORTED_MODULE_1__/* .send */ .tN)(s3, asked('s3:GetObjectRetention'), (client, options) => client.send(new _aws_sdk_client_s3__WEBPACK_IMPORTED_MODULE_3__/* .GetObjectRetentionCommand */ .zsK(object), options)),
        (0,_aws_send_js__WEBPACK_IMPORTED_MODULE_1__/* .send */ .tN)(s3, asked('s3:GetObjectLegalHold'), (client, options) => client.send(new _aws_sdk_client_s3__WEBPACK_IMPORTED_MODULE_3__/* .GetObjectLegalHoldCommand */ .v5H(object), options)),
    ]);
    if (hold !== 'none' && hold.LegalHold?.Status === 'ON')
        return {};
    const until = retention === 'none' ? undefined : retention.Retention?.RetainUntilDate?.getTime();
    return until !== undefined && until > now ? { until } : undefined;
}
async function deleteObjects(s3, { bucket, prefix }, keys, signal) {
    const asked = { action: 's3:DeleteObject', container: bucket, key: `${prefix}*`, signal };
    const Objects = keys.map((Key) => ({ Key }));
    const command = new _aws_sdk_client_s3__WEBPACK_IMPORTED_MODULE_3__/* .DeleteObjectsCommand */ .xvx({ Bucket: bucket, Delete: { Objects, Quiet: true } });
    if (s3.connection.skipS3Checksum)
        addMd5(command);
    const { Errors = [] } = await (0,_aws_send_js__WEBPACK_IMPORTED_MODULE_1__/* .send */ .tN)(s3, asked, (client, options) => client.send(command, options));
    const errors = new Map(Errors.map((error) => [error.Key, error]));
    return keys.map((key) => {
        const error = errors.get(key);
        if (!error)
            return { kind: 'removed', key };
        const refusal = { name: error.Code ?? 'Unknown', message: error.Message ?? '' };
        return { kind: 'refused', key, error: (0,_aws_send_js__WEBPACK_IMPORTED_MODULE_1__/* .refusalIn */ .c3)(s3, asked, refusal) };
    });
}
function addMd5(command) {
    command.middlewareStack.add((next) => (args) => {
        const request = args.request;
        request.headers['content-md5'] = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('md5').update(request.body).digest('base64');
        return next(args);
    }, { step: 'build', priority: 'low' });
}


/***/ })

};
