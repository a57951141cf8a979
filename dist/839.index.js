export const id = 839;
export const ids = [839];
export const modules = {

/***/ 2397:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Cg: () => (/* binding */ isNoSuchKey),
/* harmony export */   IA: () => (/* binding */ isNotImplemented),
/* harmony export */   Re: () => (/* binding */ isNotModified),
/* harmony export */   W$: () => (/* binding */ isPreconditionFailed),
/* harmony export */   rV: () => (/* binding */ isConditionalConflict)
/* harmony export */ });
const isPreconditionFailed = (error) => isAnswer(error, 412, 'PreconditionFailed');
const isConditionalConflict = (error) => isAnswer(error, 409, 'ConditionalRequestConflict');
const isNotImplemented = (error) => isAnswer(error, 501, 'NotImplemented');
const isNotModified = (error) => isAnswer(error, 304, 'NotModified');
const isNoSuchKey = (error) => error.name === 'NoSuchKey';
function isAnswer(error, status, name) {
    const answer = error;
    return answer.name === name || answer.$metadata?.httpStatusCode === status;
}


/***/ }),

/***/ 4048:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   LL: () => (/* binding */ encryptionForReading),
/* harmony export */   Tr: () => (/* binding */ sourceEncryption),
/* harmony export */   c9: () => (/* binding */ encryptionForWriting),
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
/* harmony export */   s3StateReader: () => (/* binding */ s3StateReader)
/* harmony export */ });
/* harmony import */ var _aws_sdk_client_s3__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3711);
/* harmony import */ var _aws_clients_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2525);
/* harmony import */ var _aws_s3_answers_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2397);
/* harmony import */ var _aws_server_side_encryption_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4048);




function s3StateReader(s3, object) {
    return async ({ unlessEtag, signal }) => {
        try {
            const answer = await s3.client.send(new _aws_sdk_client_s3__WEBPACK_IMPORTED_MODULE_1__/* .GetObjectCommand */ .jLs({
                Bucket: object.bucket,
                Key: object.path,
                IfNoneMatch: unlessEtag,
                ...(0,_aws_server_side_encryption_js__WEBPACK_IMPORTED_MODULE_2__/* .encryptionForReading */ .LL)(object.encryption),
            }), (0,_aws_clients_js__WEBPACK_IMPORTED_MODULE_0__/* .abortable */ .ZC)(signal));
            return await storedState(answer, object.encryption);
        }
        catch (error) {
            if ((0,_aws_s3_answers_js__WEBPACK_IMPORTED_MODULE_3__/* .isNotModified */ .Re)(error))
                return 'unchanged';
            if ((0,_aws_s3_answers_js__WEBPACK_IMPORTED_MODULE_3__/* .isNoSuchKey */ .Cg)(error))
                return undefined;
            const asked = {
                service: 'S3',
                action: 's3:GetObject',
                container: object.bucket,
                key: object.path,
            };
            throw (0,_aws_clients_js__WEBPACK_IMPORTED_MODULE_0__/* .failure */ .V2)(error, asked, s3, signal);
        }
    };
}
async function storedState(answer, encryption) {
    const body = await readWhole(answer);
    if (body.length === 0)
        return undefined;
    return {
        body,
        etag: answer.ETag ?? '',
        lastModified: answer.LastModified?.getTime() ?? 0,
        encryption: (0,_aws_server_side_encryption_js__WEBPACK_IMPORTED_MODULE_2__/* .sourceEncryption */ .Tr)(answer, encryption),
        versionId: answer.VersionId === 'null' ? undefined : answer.VersionId,
    };
}
async function readWhole({ Body, ContentLength }) {
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


/***/ })

};
