export const id = 537;
export const ids = [537];
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

/***/ 537:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   s3Catalogue: () => (/* binding */ s3Catalogue)
/* harmony export */ });
/* harmony import */ var _aws_sdk_client_s3__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3711);
/* harmony import */ var _job_backend_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9595);
/* harmony import */ var _aws_clients_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2525);
/* harmony import */ var _aws_resending_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1968);
/* harmony import */ var _aws_s3_answers_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2397);
/* harmony import */ var _aws_server_side_encryption_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4048);






const CONFLICT_ATTEMPTS = 5;
const LONGEST = { lineage: 200, doubts: 400 };
function s3Catalogue(s3, location) {
    const { bucket, prefix } = location;
    return {
        bucket,
        prefix,
        async add(snapshot, signal) {
            const { key } = snapshot;
            for (let attempt = 1;; attempt++) {
                try {
                    const answer = await s3.client.send(putSnapshot(location, snapshot, s3.connection), (0,_aws_clients_js__WEBPACK_IMPORTED_MODULE_1__/* .abortable */ .ZC)(signal));
                    throwUnlessIntact(answer, `${bucket}/${key}`, snapshot);
                    return 'created';
                }
                catch (error) {
                    if ((0,_aws_s3_answers_js__WEBPACK_IMPORTED_MODULE_3__/* .isPreconditionFailed */ .W$)(error))
                        return (0,_aws_resending_js__WEBPACK_IMPORTED_MODULE_2__/* .mayHaveTakenEffect */ .Y)(error) ? 'created' : 'already-there';
                    if ((0,_aws_s3_answers_js__WEBPACK_IMPORTED_MODULE_3__/* .isConditionalConflict */ .rV)(error) && attempt < CONFLICT_ATTEMPTS)
                        continue;
                    if ((0,_aws_s3_answers_js__WEBPACK_IMPORTED_MODULE_3__/* .isNotImplemented */ .IA)(error))
                        throw noConditionalWrites(`${bucket}/${key}`, error);
                    throw (0,_aws_clients_js__WEBPACK_IMPORTED_MODULE_1__/* .failure */ .V2)(error, { service: 'S3', action: 's3:PutObject', container: bucket, key }, s3, signal);
                }
            }
        },
        async open(key, signal) {
            try {
                const { Body } = await s3.client.send(new _aws_sdk_client_s3__WEBPACK_IMPORTED_MODULE_4__/* .GetObjectCommand */ .jLs({ Bucket: bucket, Key: key, ...readingOf(location) }), (0,_aws_clients_js__WEBPACK_IMPORTED_MODULE_1__/* .abortable */ .ZC)(signal));
                return Body;
            }
            catch (error) {
                throw (0,_aws_clients_js__WEBPACK_IMPORTED_MODULE_1__/* .failure */ .V2)(error, { service: 'S3', action: 's3:GetObject', container: bucket, key }, s3, signal);
            }
        },
    };
}
function readingOf({ encryption, kmsKeyId }) {
    return kmsKeyId ? {} : (0,_aws_server_side_encryption_js__WEBPACK_IMPORTED_MODULE_5__/* .encryptionForReading */ .LL)(encryption);
}
function putSnapshot(location, snapshot, { skipS3Checksum }) {
    return new _aws_sdk_client_s3__WEBPACK_IMPORTED_MODULE_4__/* .PutObjectCommand */ .wKZ({
        Bucket: location.bucket,
        Key: snapshot.key,
        Body: snapshot.body,
        ContentType: 'application/json',
        IfNoneMatch: '*',
        Metadata: encodeMetadata(snapshot.metadata),
        ...(skipS3Checksum
            ? { ContentMD5: base64(snapshot.metadata.md5) }
            : { ChecksumSHA256: base64(snapshot.metadata.sha256) }),
        ...(0,_aws_server_side_encryption_js__WEBPACK_IMPORTED_MODULE_5__/* .encryptionForSnapshot */ .zW)(snapshot.sourceEncryption, location.kmsKeyId),
        ...ownerAcl(location.acl),
    });
}
function ownerAcl(acl) {
    return acl?.startsWith('bucket-owner-') ? { ACL: acl } : {};
}
function throwUnlessIntact({ ChecksumSHA256 }, resource, { metadata }) {
    const sent = base64(metadata.sha256);
    if (!ChecksumSHA256 || ChecksumSHA256 === sent)
        return;
    const detail = `SHA-256 of what was stored is ${ChecksumSHA256}, of what was sent ${sent}`;
    throw new _job_backend_error_js__WEBPACK_IMPORTED_MODULE_0__/* .BackendError */ .J({ kind: 'damaged-in-transit', resource, detail });
}
const base64 = (hex) => Buffer.from(hex, 'hex').toString('base64');
function noConditionalWrites(path, cause) {
    const detail = 'it answers 501 Not Implemented';
    return new _job_backend_error_js__WEBPACK_IMPORTED_MODULE_0__/* .BackendError */ .J({ kind: 'no-conditional-writes', path, detail }, { cause });
}
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


/***/ })

};
