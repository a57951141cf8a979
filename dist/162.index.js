export const id = 162;
export const ids = [162,839];
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

/***/ 2839:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   approachStateObject: () => (/* binding */ approachStateObject),
/* harmony export */   o: () => (/* binding */ readWhole),
/* harmony export */   s3StateReader: () => (/* binding */ s3StateReader)
/* harmony export */ });
/* harmony import */ var _aws_sdk_client_s3__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3711);
/* harmony import */ var _aws_s3_answers_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2397);
/* harmony import */ var _aws_send_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4539);
/* harmony import */ var _aws_server_side_encryption_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4048);




function s3StateReader(s3, { bucket, path, encryption }) {
    return async ({ unlessEtag, signal }) => {
        const command = new _aws_sdk_client_s3__WEBPACK_IMPORTED_MODULE_1__/* .GetObjectCommand */ .jLs({
            Bucket: bucket,
            Key: path,
            IfNoneMatch: unlessEtag,
            ...(0,_aws_server_side_encryption_js__WEBPACK_IMPORTED_MODULE_2__/* .encryptionForReading */ .LL)(encryption),
        });
        const asked = { action: 's3:GetObject', container: bucket, key: path, signal, expected: unreadAnswer };
        const answer = await (0,_aws_send_js__WEBPACK_IMPORTED_MODULE_0__/* .sendAndRead */ .is)(s3, asked, (client, options) => client.send(command, options), (output) => storedState(output, encryption));
        return answer === 'absent' ? undefined : answer;
    };
}
async function approachStateObject(s3, { bucket, path, encryption }, signal) {
    const command = new _aws_sdk_client_s3__WEBPACK_IMPORTED_MODULE_1__/* .HeadObjectCommand */ .l81({ Bucket: bucket, Key: path, ...(0,_aws_server_side_encryption_js__WEBPACK_IMPORTED_MODULE_2__/* .encryptionForReading */ .LL)(encryption) });
    await s3.once().client.send(command, { abortSignal: signal });
}
function unreadAnswer(error) {
    if ((0,_aws_s3_answers_js__WEBPACK_IMPORTED_MODULE_3__/* .isNotModified */ .Re)(error))
        return 'unchanged';
    return (0,_aws_s3_answers_js__WEBPACK_IMPORTED_MODULE_3__/* .isNoSuchKey */ .Cg)(error) ? 'absent' : undefined;
}
async function storedState(answer, encryption) {
    const body = await readWhole(answer);
    if (body.length === 0)
        return 'absent';
    return {
        body,
        etag: answer.ETag ?? '',
        lastModified: answer.LastModified?.getTime() ?? 0,
        encryption: (0,_aws_server_side_encryption_js__WEBPACK_IMPORTED_MODULE_2__/* .sourceEncryption */ .Tr)(answer, encryption),
        versionId: answer.VersionId === 'null' ? undefined : answer.VersionId,
    };
}
async function readWhole({ Body, ContentLength, }) {
    const chunks = (Body ?? []);
    if (ContentLength === undefined)
        return joined(chunks);
    const buffer = Buffer.allocUnsafe(ContentLength);
    let length = 0;
    for await (const chunk of chunks) {
        buffer.set(chunk, length);
        length += chunk.length;
    }
    if (length !== ContentLength) {
        throw new Error(`The body ended after ${length} of ${ContentLength} bytes.`);
    }
    return buffer;
}
async function joined(chunks) {
    const parts = [];
    for await (const chunk of chunks)
        parts.push(chunk);
    return Buffer.concat(parts);
}


/***/ }),

/***/ 5162:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   s3StateWriter: () => (/* binding */ s3StateWriter)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _aws_sdk_client_s3__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(3711);
/* harmony import */ var _job_backend_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9595);
/* harmony import */ var _aws_resending_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1968);
/* harmony import */ var _aws_s3_answers_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(2397);
/* harmony import */ var _aws_send_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4539);
/* harmony import */ var _aws_server_side_encryption_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(4048);
/* harmony import */ var _state_object_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2839);
/* harmony import */ var _tagging_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(8425);









const CONFLICT_ATTEMPTS = 5;
function s3StateWriter(s3, object) {
    return {
        emptyObject: (signal) => findEmptyObject(s3, object, signal),
        async put(body, over, signal) {
            if (over?.etag === '')
                throw withoutEtag(object);
            for (let attempt = 1;; attempt++) {
                const outcome = await putState(s3, object, { body, over, signal });
                if (outcome.kind === 'written')
                    return 'written';
                if (await (0,_aws_resending_js__WEBPACK_IMPORTED_MODULE_2__/* .lookAfter */ .sR)(outcome.mayBeDone, () => isStored(s3, object, { body, signal })))
                    return 'written';
                if (outcome.kind === 'refused')
                    return 'refused';
                if (attempt === CONFLICT_ATTEMPTS)
                    throw stillRaced(object);
            }
        },
    };
}
async function findEmptyObject(s3, { bucket, path, encryption }, signal) {
    const command = new _aws_sdk_client_s3__WEBPACK_IMPORTED_MODULE_5__/* .HeadObjectCommand */ .l81({ Bucket: bucket, Key: path, ...(0,_aws_server_side_encryption_js__WEBPACK_IMPORTED_MODULE_6__/* .encryptionForReading */ .LL)(encryption) });
    const expected = (error) => ((0,_aws_s3_answers_js__WEBPACK_IMPORTED_MODULE_7__/* .isNotFound */ .c4)(error) ? 'absent' : undefined);
    const asked = { action: 's3:GetObject', container: bucket, key: path, signal, expected };
    const answer = await (0,_aws_send_js__WEBPACK_IMPORTED_MODULE_3__/* .send */ .tN)(s3, asked, (client, options) => client.send(command, options));
    return answer !== 'absent' && answer.ContentLength === 0 ? answer.ETag : undefined;
}
async function putState(s3, { bucket, path, encryption, acl, tags }, { body, over, signal }) {
    const command = new _aws_sdk_client_s3__WEBPACK_IMPORTED_MODULE_5__/* .PutObjectCommand */ .wKZ({
        Bucket: bucket,
        Key: path,
        Body: body,
        ContentType: 'application/json',
        ...(over === undefined ? { IfNoneMatch: '*' } : { IfMatch: over.etag }),
        ...(s3.connection.skipS3Checksum
            ? { ContentMD5: digestOf('md5', body) }
            : { ChecksumSHA256: digestOf('sha256', body) }),
        ...(0,_aws_server_side_encryption_js__WEBPACK_IMPORTED_MODULE_6__/* .encryptionForReplacing */ .wI)(encryption, over?.encryption),
        ACL: acl,
        Tagging: (0,_tagging_js__WEBPACK_IMPORTED_MODULE_8__/* .taggingOf */ .H)(tags),
    });
    const expected = (error) => unwritten(error, `${bucket}/${path}`);
    const asked = { action: 's3:PutObject', container: bucket, key: path, signal, expected };
    return (0,_aws_send_js__WEBPACK_IMPORTED_MODULE_3__/* .send */ .tN)(s3, asked, async (client, options) => {
        await client.send(command, options);
        return { kind: 'written' };
    });
}
function unwritten(error, path) {
    const mayBeDone = (0,_aws_resending_js__WEBPACK_IMPORTED_MODULE_2__/* .mayHaveTakenEffect */ .Y2)(error);
    if ((0,_aws_s3_answers_js__WEBPACK_IMPORTED_MODULE_7__/* .isPreconditionFailed */ .W$)(error) || (0,_aws_s3_answers_js__WEBPACK_IMPORTED_MODULE_7__/* .isNoSuchKey */ .Cg)(error))
        return { kind: 'refused', mayBeDone };
    if ((0,_aws_s3_answers_js__WEBPACK_IMPORTED_MODULE_7__/* .isConditionalConflict */ .rV)(error))
        return { kind: 'raced', mayBeDone };
    if (!(0,_aws_s3_answers_js__WEBPACK_IMPORTED_MODULE_7__/* .isNotImplemented */ .IA)(error))
        return undefined;
    const detail = 'it answers 501 Not Implemented';
    throw new _job_backend_error_js__WEBPACK_IMPORTED_MODULE_1__/* .BackendError */ .Jh({ kind: 'no-conditional-writes', path, detail }, { cause: error });
}
async function isStored(s3, object, { body, signal }) {
    const stored = await (0,_state_object_js__WEBPACK_IMPORTED_MODULE_4__.s3StateReader)(s3, object)({ signal });
    return stored !== undefined && stored !== 'unchanged' && Buffer.compare(stored.body, body) === 0;
}
function withoutEtag({ bucket, path }) {
    const detail = 'it gives no ETag of what is there';
    return new _job_backend_error_js__WEBPACK_IMPORTED_MODULE_1__/* .BackendError */ .Jh({ kind: 'no-conditional-writes', path: `${bucket}/${path}`, detail });
}
function stillRaced({ bucket, path }) {
    const detail = `it answered 409 Conflict ${CONFLICT_ATTEMPTS} times`;
    return new _job_backend_error_js__WEBPACK_IMPORTED_MODULE_1__/* .BackendError */ .Jh({
        kind: 'unexpected',
        action: 's3:PutObject',
        resource: `${bucket}/${path}`,
        detail,
    });
}
const digestOf = (algorithm, body) => (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)(algorithm).update(body).digest('base64');


/***/ }),

/***/ 8425:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ taggingOf)
/* harmony export */ });
function taggingOf(tags = {}) {
    return new URLSearchParams(tags).toString() || undefined;
}


/***/ })

};
