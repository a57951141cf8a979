export const id = 343;
export const ids = [343];
export const modules = {

/***/ 4539:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H1: () => (/* binding */ brokenOff),
/* harmony export */   c3: () => (/* binding */ refusalIn),
/* harmony export */   is: () => (/* binding */ sendAndRead),
/* harmony export */   tN: () => (/* binding */ send)
/* harmony export */ });
/* harmony import */ var _job_backend_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9595);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2338);


async function send(to, asked, request) {
    const { signal } = asked;
    try {
        return await request(to.client, signal ? { abortSignal: signal } : {});
    }
    catch (error) {
        const answer = asked.expected?.(error);
        if (answer !== undefined)
            return answer;
        if (signal?.aborted)
            throw signal.reason;
        throw (0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .translateError */ .ZO)(error, factsOf(to, asked));
    }
}
function refusalIn(to, asked, { name, message }) {
    return (0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .translateError */ .ZO)(Object.assign(new Error(message), { name }), factsOf(to, asked));
}
async function sendAndRead(to, asked, request, read) {
    const { signal } = asked;
    for (let attempt = 1;; attempt++) {
        const output = await send(to, { ...asked, expected: expectedApart(asked) }, request);
        if (output instanceof Apart)
            return output.answer;
        try {
            return await read(output);
        }
        catch (error) {
            if (signal?.aborted)
                throw signal.reason;
            if (attempt >= to.connection.maxAttempts)
                throw brokenOff(error, to);
        }
    }
}
class Apart {
    answer;
    constructor(answer) {
        this.answer = answer;
    }
}
function expectedApart({ expected }) {
    return (error) => {
        const answer = expected?.(error);
        return answer === undefined ? undefined : new Apart(answer);
    };
}
function brokenOff(error, { service, connection: { endpoint } }) {
    const detail = `its answer broke off: ${error instanceof Error ? error.message : error}`;
    return new _job_backend_error_js__WEBPACK_IMPORTED_MODULE_0__/* .BackendError */ .Jh({ kind: 'unreachable', service, endpoint, detail }, { cause: error });
}
function factsOf({ service, connection }, asked) {
    return {
        service,
        action: asked.action,
        container: asked.container,
        resource: arnOf(service, connection.region, asked),
        region: connection.region,
        endpoint: connection.endpoint,
        credentialsTried: connection.identity.described,
    };
}
function arnOf(service, region, { container, key }) {
    const partition = region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
    switch (service) {
        case 'DynamoDB':
            return container.startsWith('arn:')
                ? container
                : `arn:${partition}:dynamodb:${region}:*:table/${container}`;
        case 'S3':
            return `arn:${partition}:s3:::${container}${key === undefined ? '' : `/${key}`}`;
    }
}


/***/ }),

/***/ 8343:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   listCatalogues: () => (/* binding */ listCatalogues)
/* harmony export */ });
/* harmony import */ var _names_snapshot_key_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7613);
/* harmony import */ var _object_listing_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9050);


async function* listCatalogues(s3, { bucket, backupPrefix, statesBucket }, { after, upTo, signal }) {
    const prefix = `${backupPrefix}${statesBucket}/`;
    const startAfter = after === undefined ? undefined : prefix + after;
    const end = upTo === undefined ? undefined : Buffer.from(prefix + upTo);
    for await (const { key, bytes, lastModified } of (0,_object_listing_js__WEBPACK_IMPORTED_MODULE_1__/* .listObjects */ .L)(s3, { bucket, prefix, startAfter }, signal)) {
        if (end && Buffer.from(key).compare(end) > 0)
            return;
        const name = (0,_names_snapshot_key_js__WEBPACK_IMPORTED_MODULE_0__/* .parseCataloguedKey */ .w8)(key, backupPrefix, statesBucket);
        if (name)
            yield { ...name, key, bytes, storedAt: lastModified ?? Number.POSITIVE_INFINITY };
    }
}


/***/ }),

/***/ 9050:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ listObjects)
/* harmony export */ });
/* harmony import */ var _aws_sdk_client_s3__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3711);
/* harmony import */ var _job_backend_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9595);
/* harmony import */ var _aws_send_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4539);



async function* listObjects(s3, { bucket, prefix, delimiter, startAfter }, signal) {
    const asked = { action: 's3:ListBucket', container: bucket, signal };
    const place = { Bucket: bucket, Prefix: prefix, Delimiter: delimiter, StartAfter: startAfter };
    const begin = startAfter === undefined ? undefined : Buffer.from(startAfter);
    const isAsked = (key) => key.startsWith(prefix ?? '') && (begin === undefined || Buffer.from(key).compare(begin) > 0);
    const known = new Set();
    let ContinuationToken;
    do {
        const command = new _aws_sdk_client_s3__WEBPACK_IMPORTED_MODULE_2__/* .ListObjectsV2Command */ .u6x({ ...place, ContinuationToken });
        const { Contents = [], NextContinuationToken, IsTruncated, } = await (0,_aws_send_js__WEBPACK_IMPORTED_MODULE_1__/* .send */ .tN)(s3, asked, (client, options) => client.send(command, options));
        for (const { Key = '', Size = 0, ETag = '', LastModified } of Contents)
            if (isAsked(Key))
                yield { key: Key, bytes: Size, etag: ETag, lastModified: LastModified?.getTime() };
        if (!NextContinuationToken && IsTruncated)
            throw oddPages(bucket, CUT_SHORT);
        if (NextContinuationToken && known.has(NextContinuationToken))
            throw oddPages(bucket, IN_CIRCLES);
        known.add(NextContinuationToken ?? '');
        ContinuationToken = NextContinuationToken;
    } while (ContinuationToken);
}
const CUT_SHORT = 'the store says that there are more pages, and not how to ask for the next';
const IN_CIRCLES = 'the store answers a request for the next page with one that it has given before';
function oddPages(resource, detail) {
    return new _job_backend_error_js__WEBPACK_IMPORTED_MODULE_0__/* .BackendError */ .Jh({ kind: 'unexpected', action: 's3:ListBucket', resource, detail });
}


/***/ })

};
