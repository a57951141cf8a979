export const id = 13;
export const ids = [13,571];
export const modules = {

/***/ 2397:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Cg: () => (/* binding */ isNoSuchKey),
/* harmony export */   IA: () => (/* binding */ isNotImplemented),
/* harmony export */   Re: () => (/* binding */ isNotModified),
/* harmony export */   W$: () => (/* binding */ isPreconditionFailed),
/* harmony export */   c4: () => (/* binding */ isNotFound),
/* harmony export */   hr: () => (/* binding */ isWithoutObjectLock),
/* harmony export */   rV: () => (/* binding */ isConditionalConflict)
/* harmony export */ });
const isPreconditionFailed = (error) => isAnswer(error, 412, 'PreconditionFailed');
const isConditionalConflict = (error) => isAnswer(error, 409, 'ConditionalRequestConflict');
const isNotImplemented = (error) => isAnswer(error, 501, 'NotImplemented');
const isNotModified = (error) => isAnswer(error, 304, 'NotModified');
const isNoSuchKey = (error) => error.name === 'NoSuchKey';
const isNotFound = (error) => isAnswer(error, 404, 'NotFound');
const isWithoutObjectLock = (error) => WITHOUT_OBJECT_LOCK.includes(error.name ?? '');
const WITHOUT_OBJECT_LOCK = ['ObjectLockConfigurationNotFoundError', 'NoSuchObjectLockConfiguration'];
function isAnswer(error, status, name) {
    const answer = error;
    return answer.name === name || answer.$metadata?.httpStatusCode === status;
}


/***/ }),

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

/***/ 4048:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   LL: () => (/* binding */ encryptionForReading),
/* harmony export */   Tr: () => (/* binding */ sourceEncryption),
/* harmony export */   c9: () => (/* binding */ encryptionForWriting),
/* harmony export */   wI: () => (/* binding */ encryptionForReplacing),
/* harmony export */   zW: () => (/* binding */ encryptionForSnapshot)
/* harmony export */ });
function encryptionForWriting(encryption) {
    switch (encryption.kind) {
        case 'bucket-default':
            return {};
        case 'aes256':
            return { ServerSideEncryption: 'AES256' };
        case 'kms':
            return { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: encryption.keyId };
        case 'customer-key':
            return { SSECustomerAlgorithm: 'AES256', SSECustomerKey: encryption.keyBase64 };
    }
}
function encryptionForReplacing(encryption, replaced) {
    if (encryption.kind === 'bucket-default' && replaced?.kind === 'kms')
        return encryptionForSnapshot(replaced);
    return encryptionForWriting(encryption);
}
function encryptionForReading(encryption) {
    return encryption.kind === 'customer-key' ? encryptionForWriting(encryption) : {};
}
function sourceEncryption(answer, encryption) {
    if (encryption.kind === 'customer-key')
        return encryption;
    const algorithm = answer.ServerSideEncryption;
    if (algorithm === 'aws:kms' || algorithm === 'aws:kms:dsse') {
        return { kind: 'kms', algorithm, keyId: answer.SSEKMSKeyId };
    }
    return { kind: algorithm ? 'aes256' : 'none' };
}
function encryptionForSnapshot(source, backupKmsKeyId) {
    if (backupKmsKeyId) {
        const algorithm = source.kind === 'kms' ? source.algorithm : 'aws:kms';
        return { ServerSideEncryption: algorithm, SSEKMSKeyId: backupKmsKeyId };
    }
    switch (source.kind) {
        case 'none':
            return {};
        case 'aes256':
            return { ServerSideEncryption: 'AES256' };
        case 'kms':
            return { ServerSideEncryption: source.algorithm, SSEKMSKeyId: source.keyId };
        case 'customer-key':
            return encryptionForWriting(source);
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


/***/ }),

/***/ 1013:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   deleteScratch: () => (/* binding */ deleteScratch),
/* harmony export */   listScratch: () => (/* binding */ listScratch),
/* harmony export */   putScratch: () => (/* binding */ putScratch)
/* harmony export */ });
/* harmony import */ var _aws_sdk_client_s3__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3711);
/* harmony import */ var _names_drill_place_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(8895);
/* harmony import */ var _aws_send_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4539);
/* harmony import */ var _aws_server_side_encryption_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4048);
/* harmony import */ var _object_listing_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9050);
/* harmony import */ var _snapshot_objects_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2571);






async function putScratch(s3, { bucket, encryption, acl }, { path, body, signal }) {
    const asked = { action: 's3:PutObject', container: bucket, key: path, signal };
    const command = new _aws_sdk_client_s3__WEBPACK_IMPORTED_MODULE_3__/* .PutObjectCommand */ .wKZ({
        Bucket: bucket,
        Key: path,
        Body: body,
        ContentType: 'application/json',
        ...(0,_aws_server_side_encryption_js__WEBPACK_IMPORTED_MODULE_4__/* .encryptionForWriting */ .c9)(encryption),
        ...(0,_snapshot_objects_js__WEBPACK_IMPORTED_MODULE_2__/* .ownerAcl */ .S)(acl),
    });
    await (0,_aws_send_js__WEBPACK_IMPORTED_MODULE_0__/* .send */ .tN)(s3, asked, (client, options) => client.send(command, options));
}
async function deleteScratch(s3, bucket, { path, signal }) {
    const asked = { action: 's3:DeleteObject', container: bucket, key: path, signal };
    const command = new _aws_sdk_client_s3__WEBPACK_IMPORTED_MODULE_3__/* .DeleteObjectCommand */ .k4j({ Bucket: bucket, Key: path });
    await (0,_aws_send_js__WEBPACK_IMPORTED_MODULE_0__/* .send */ .tN)(s3, asked, (client, options) => client.send(command, options));
}
async function* listScratch(s3, { bucket, folder }, signal) {
    for await (const { key, lastModified } of (0,_object_listing_js__WEBPACK_IMPORTED_MODULE_1__/* .listObjects */ .L)(s3, { bucket, prefix: folder }, signal)) {
        if (key.endsWith(`/${_names_drill_place_js__WEBPACK_IMPORTED_MODULE_5__/* .DRILL_KEY */ .eF}`))
            yield { path: key, storedAt: lastModified ?? Number.POSITIVE_INFINITY };
    }
}


/***/ }),

/***/ 2571:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  S: () => (/* binding */ ownerAcl),
  s3Catalogue: () => (/* binding */ s3Catalogue)
});

// EXTERNAL MODULE: ./node_modules/@aws-sdk/client-s3/dist-cjs/index.js
var dist_cjs = __webpack_require__(3711);
// EXTERNAL MODULE: ./build/job/backend-error.js
var backend_error = __webpack_require__(9595);
// EXTERNAL MODULE: ./build/names/snapshot-key.js
var snapshot_key = __webpack_require__(7613);
// EXTERNAL MODULE: ./build/stores/aws/resending.js
var resending = __webpack_require__(1968);
// EXTERNAL MODULE: ./build/stores/aws/s3-answers.js
var s3_answers = __webpack_require__(2397);
// EXTERNAL MODULE: ./build/stores/aws/send.js
var send = __webpack_require__(4539);
// EXTERNAL MODULE: ./build/stores/aws/server-side-encryption.js
var server_side_encryption = __webpack_require__(4048);
// EXTERNAL MODULE: ./build/stores/s3/object-listing.js
var object_listing = __webpack_require__(9050);
;// CONCATENATED MODULE: ./build/stores/s3/snapshot-metadata.js
const LONGEST = { lineage: 200, doubts: 400 };
function encodeMetadata(metadata) {
    const doubts = metadata.doubts.join(' ').slice(0, LONGEST.doubts);
    const values = {
        lineage: metadata.lineage?.slice(0, LONGEST.lineage),
        serial: metadata.serial === undefined ? undefined : String(metadata.serial),
        md5: metadata.md5,
        sha256: metadata.sha256,
        'source-version-id': metadata.sourceVersionId,
        'taken-at': metadata.takenAt,
        phase: metadata.phase,
        'run-url': metadata.runUrl,
        commit: metadata.commit,
        verified: String(metadata.doubts.length === 0),
        doubts: doubts || undefined,
    };
    const known = Object.entries(values).filter((entry) => entry[1] !== undefined);
    return Object.fromEntries(known.map(([name, value]) => [name, asciiOnly(value)]));
}
const asciiOnly = (text) => text.replaceAll(/[^\x20-\x7e]/g, '?');
function decodeMetadata(values = {}) {
    const text = (name, pattern) => {
        const value = values[name];
        return value !== undefined && pattern.test(value) ? value : undefined;
    };
    const serial = text('serial', /^\d{1,16}$/);
    return {
        lineage: text('lineage', /./),
        serial: serial === undefined ? undefined : Number(serial),
        md5: text('md5', /^[0-9a-f]{32}$/),
        sha256: text('sha256', /^[0-9a-f]{64}$/),
        takenAt: text('taken-at', /^\d{4}-\d\d-\d\dT/),
    };
}

;// CONCATENATED MODULE: ./build/stores/s3/snapshot-objects.js









const CONFLICT_ATTEMPTS = 5;
function s3Catalogue(s3, location) {
    const { bucket, prefix } = location;
    return {
        bucket,
        prefix,
        async add(snapshot, signal) {
            for (let attempt = 1;; attempt++) {
                const outcome = await putSnapshot(s3, location, snapshot, signal);
                if (outcome !== 'raced')
                    return outcome;
                if (attempt === CONFLICT_ATTEMPTS)
                    throw stillRaced(`${bucket}/${snapshot.key}`);
            }
        },
        async open(key, signal) {
            const asked = { action: 's3:GetObject', container: bucket, key, signal };
            const command = new dist_cjs/* GetObjectCommand */.jLs({ Bucket: bucket, Key: key, ...readingOf(location) });
            const { Body, Metadata } = await (0,send/* send */.tN)(s3, asked, (client, options) => client.send(command, options));
            return { body: translated(Body, s3), recorded: decodeMetadata(Metadata) };
        },
        list: (signal, writtenAt) => {
            const start = writtenAt === undefined ? '' : (0,snapshot_key/* nameStart */.wI)(writtenAt);
            return listSnapshots(s3, location, { start, signal });
        },
        async remove(keys, options) {
            const { removeObjects } = await __webpack_require__.e(/* import() */ 237).then(__webpack_require__.bind(__webpack_require__, 6237));
            return removeObjects(s3, location, keys, options);
        },
    };
}
async function* listSnapshots(s3, { bucket, prefix }, { start, signal }) {
    const listing = { bucket, prefix: prefix + start, delimiter: '/' };
    for await (const { key, bytes, lastModified } of (0,object_listing/* listObjects */.L)(s3, listing, signal)) {
        const name = (0,snapshot_key/* parseSnapshotKey */.dd)(key, prefix);
        if (name)
            yield { ...name, key, bytes, storedAt: lastModified ?? Number.POSITIVE_INFINITY };
    }
}
async function* translated(body, s3) {
    try {
        yield* body;
    }
    catch (error) {
        throw (0,send/* brokenOff */.H1)(error, s3);
    }
}
function readingOf({ encryption, kmsKeyId }) {
    return kmsKeyId ? {} : (0,server_side_encryption/* encryptionForReading */.LL)(encryption);
}
async function putSnapshot(s3, location, snapshot, signal) {
    const { bucket, kmsKeyId, acl, storageClass, tags } = location;
    const { key, body, metadata, sourceEncryption } = snapshot;
    const command = new dist_cjs/* PutObjectCommand */.wKZ({
        Bucket: bucket,
        Key: key,
        Body: body,
        ContentType: 'application/json',
        IfNoneMatch: '*',
        Metadata: encodeMetadata(metadata),
        ...(s3.connection.skipS3Checksum
            ? { ContentMD5: base64(metadata.md5) }
            : { ChecksumSHA256: base64(metadata.sha256) }),
        ...(0,server_side_encryption/* encryptionForSnapshot */.zW)(sourceEncryption, kmsKeyId),
        ...ownerAcl(acl),
        ...lockUntil(location.objectLock, metadata.takenAt),
        StorageClass: storageClass,
        Tagging: tags && new URLSearchParams(tags).toString(),
    });
    const resource = `${bucket}/${key}`;
    const expected = (error) => unstored(error, resource);
    const asked = { action: 's3:PutObject', container: bucket, key, signal, expected };
    return (0,send/* send */.tN)(s3, asked, async (client, options) => {
        throwUnlessIntact(await client.send(command, options), resource, metadata);
        return 'created';
    });
}
function unstored(error, path) {
    if ((0,s3_answers/* isPreconditionFailed */.W$)(error))
        return (0,resending/* mayHaveTakenEffect */.Y2)(error) ? 'created' : 'already-there';
    if ((0,s3_answers/* isConditionalConflict */.rV)(error))
        return 'raced';
    if (!(0,s3_answers/* isNotImplemented */.IA)(error))
        return undefined;
    const detail = 'it answers 501 Not Implemented';
    throw new backend_error/* BackendError */.Jh({ kind: 'no-conditional-writes', path, detail }, { cause: error });
}
function stillRaced(resource) {
    const detail = `it answered 409 Conflict ${CONFLICT_ATTEMPTS} times`;
    return new backend_error/* BackendError */.Jh({ kind: 'unexpected', action: 's3:PutObject', resource, detail });
}
function ownerAcl(acl) {
    return acl?.startsWith('bucket-owner-') ? { ACL: acl } : {};
}
const DAY_MS = 86_400_000;
function lockUntil(rule, takenAt) {
    if (!rule)
        return {};
    const until = new Date(Date.parse(takenAt) + rule.retainDays * DAY_MS);
    return { ObjectLockMode: rule.mode, ObjectLockRetainUntilDate: until };
}
function throwUnlessIntact({ ChecksumSHA256 }, resource, { sha256 }) {
    const sent = base64(sha256);
    if (!ChecksumSHA256 || ChecksumSHA256 === sent)
        return;
    const detail = `SHA-256 of what was stored is ${ChecksumSHA256}, of what was sent ${sent}`;
    throw new backend_error/* BackendError */.Jh({ kind: 'damaged-in-transit', resource, detail });
}
const base64 = (hex) => Buffer.from(hex, 'hex').toString('base64');


/***/ })

};
