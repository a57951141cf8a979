export const id = 853;
export const ids = [853];
export const modules = {

/***/ 2410:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ formatHolder),
/* harmony export */   i: () => (/* binding */ parseHolder)
/* harmony export */ });
function formatHolder(holder) {
    return JSON.stringify(holder);
}
const FIELDS = ['repository', 'workflow', 'runId', 'runAttempt', 'job', 'runnerName', 'runUrl'];
function parseHolder(text) {
    if (!text)
        return undefined;
    try {
        const value = JSON.parse(text);
        const complete = FIELDS.every((field) => typeof value?.[field] === 'string');
        return complete
            ? Object.fromEntries(FIELDS.map((field) => [field, value?.[field]]))
            : undefined;
    }
    catch {
        return undefined;
    }
}


/***/ }),

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

/***/ 6853:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   s3Lock: () => (/* binding */ s3Lock)
/* harmony export */ });
/* harmony import */ var _aws_sdk_client_s3__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(3711);
/* harmony import */ var _job_backend_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9595);
/* harmony import */ var _lock_holder_record_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(2410);
/* harmony import */ var _lock_lock_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7439);
/* harmony import */ var _lock_lock_info_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(9411);
/* harmony import */ var _aws_clients_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2525);
/* harmony import */ var _aws_resending_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1968);
/* harmony import */ var _aws_s3_answers_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2397);
/* harmony import */ var _aws_server_side_encryption_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(4048);









const HOLDER = 'holder';
function s3Lock(s3, lockfile) {
    const { client } = s3;
    const { bucket, key, path } = lockfile;
    const unproven = lockfile.conditionalWrites === 'unproven';
    const address = { Bucket: bucket, Key: key };
    const failed = (error, action, signal) => (0,_aws_s3_answers_js__WEBPACK_IMPORTED_MODULE_4__/* .isNotImplemented */ .IA)(error)
        ? noConditionalWrites(lockfile, 'it answers 501 Not Implemented', error)
        : (0,_aws_clients_js__WEBPACK_IMPORTED_MODULE_2__/* .failure */ .V2)(error, { service: 'S3', action: `s3:${action}`, container: bucket, key }, s3, signal);
    async function read(signal) {
        try {
            const answer = await client.send(new _aws_sdk_client_s3__WEBPACK_IMPORTED_MODULE_5__/* .GetObjectCommand */ .jLs({ ...address, ...(0,_aws_server_side_encryption_js__WEBPACK_IMPORTED_MODULE_6__/* .encryptionForReading */ .LL)(lockfile.encryption) }), (0,_aws_clients_js__WEBPACK_IMPORTED_MODULE_2__/* .abortable */ .ZC)(signal));
            const info = (0,_lock_lock_info_js__WEBPACK_IMPORTED_MODULE_7__/* .parseLockInfo */ .BF)((await answer.Body?.transformToString()) ?? '');
            const holder = (0,_lock_holder_record_js__WEBPACK_IMPORTED_MODULE_8__/* .parseHolder */ .i)(decodeMetadata(answer.Metadata?.[HOLDER]));
            return { version: answer.ETag ?? '', info, holder };
        }
        catch (error) {
            if ((0,_aws_s3_answers_js__WEBPACK_IMPORTED_MODULE_4__/* .isNoSuchKey */ .Cg)(error))
                return undefined;
            const translated = failed(error, 'GetObject', signal);
            if ((0,_job_backend_error_js__WEBPACK_IMPORTED_MODULE_0__/* .isNoPlaceForLocks */ .E)(translated))
                return undefined;
            throw translated;
        }
    }
    async function put(info, holder, condition, signal) {
        try {
            const { ETag = '' } = await client.send(new _aws_sdk_client_s3__WEBPACK_IMPORTED_MODULE_5__/* .PutObjectCommand */ .wKZ({
                ...address,
                ...condition,
                Body: (0,_lock_lock_info_js__WEBPACK_IMPORTED_MODULE_7__/* .formatLockInfo */ .jn)(info),
                ContentType: 'application/json',
                Metadata: { [HOLDER]: encodeMetadata((0,_lock_holder_record_js__WEBPACK_IMPORTED_MODULE_8__/* .formatHolder */ .a)(holder)) },
                ...(0,_aws_server_side_encryption_js__WEBPACK_IMPORTED_MODULE_6__/* .encryptionForWriting */ .c9)(lockfile.encryption),
                ACL: lockfile.acl,
            }), (0,_aws_clients_js__WEBPACK_IMPORTED_MODULE_2__/* .abortable */ .ZC)(signal));
            return { info, holder, version: ETag };
        }
        catch (error) {
            if ((0,_aws_s3_answers_js__WEBPACK_IMPORTED_MODULE_4__/* .isPreconditionFailed */ .W$)(error) || (0,_aws_s3_answers_js__WEBPACK_IMPORTED_MODULE_4__/* .isNoSuchKey */ .Cg)(error))
                return 'refused';
            if ((0,_aws_s3_answers_js__WEBPACK_IMPORTED_MODULE_4__/* .isConditionalConflict */ .rV)(error))
                return 'raced';
            throw failed(error, 'PutObject', signal);
        }
    }
    async function remove(condition, signal) {
        try {
            await client.send(new _aws_sdk_client_s3__WEBPACK_IMPORTED_MODULE_5__/* .DeleteObjectCommand */ .k4j({ ...address, ...condition }), (0,_aws_clients_js__WEBPACK_IMPORTED_MODULE_2__/* .abortable */ .ZC)(signal));
            return 'removed';
        }
        catch (error) {
            if ((0,_aws_s3_answers_js__WEBPACK_IMPORTED_MODULE_4__/* .isNotImplemented */ .IA)(error))
                return 'unconditional-only';
            if ((0,_aws_s3_answers_js__WEBPACK_IMPORTED_MODULE_4__/* .isConditionalConflict */ .rV)(error))
                return 'raced';
            if ((0,_aws_s3_answers_js__WEBPACK_IMPORTED_MODULE_4__/* .isPreconditionFailed */ .W$)(error) || (0,_aws_s3_answers_js__WEBPACK_IMPORTED_MODULE_4__/* .isNoSuchKey */ .Cg)(error)) {
                return (0,_aws_resending_js__WEBPACK_IMPORTED_MODULE_3__/* .mayHaveTakenEffect */ .Y)(error) ? 'refused-after-silence' : 'refused';
            }
            throw failed(error, 'DeleteObject', signal);
        }
    }
    async function proveConditionalWrites(info, holder, signal) {
        const again = await put(info, holder, { IfNoneMatch: '*' }, signal);
        if (again === 'refused' || again === 'raced')
            return;
        const stored = await read(signal);
        if (stored?.info?.ID === info.ID)
            await remove({ IfMatch: stored.version }, signal);
        throw noConditionalWrites(lockfile, 'it overwrote an object in spite of If-None-Match: *');
    }
    async function throwUnlessStored(held, signal) {
        const stored = await read(signal);
        if (stored?.version !== held.version)
            throw new _lock_lock_js__WEBPACK_IMPORTED_MODULE_1__/* .LockLostError */ .y(path, stored);
    }
    return {
        path,
        read,
        async tryAcquire(info, holder, signal) {
            const existing = unproven ? await read(signal) : undefined;
            const written = existing ? 'refused' : await put(info, holder, { IfNoneMatch: '*' }, signal);
            if (written === 'raced')
                return { acquired: false };
            if (written === 'refused') {
                const by = existing ?? (await read(signal));
                if (by?.info?.ID === info.ID)
                    return { acquired: true, held: by };
                return { acquired: false, by };
            }
            if (unproven)
                await proveConditionalWrites(info, holder, signal);
            return { acquired: true, held: written };
        },
        async replace(held, info, holder, signal) {
            if (unproven)
                await throwUnlessStored(held, signal);
            const written = await put(info, holder, { IfMatch: held.version }, signal);
            if (written !== 'refused' && written !== 'raced')
                return written;
            const by = await read(signal);
            if (by?.info?.ID === info.ID)
                return by;
            throw new _lock_lock_js__WEBPACK_IMPORTED_MODULE_1__/* .LockLostError */ .y(path, by);
        },
        async remove(held, signal) {
            let condition = { IfMatch: held.version };
            if (unproven)
                await throwUnlessStored(held, signal);
            for (let attempt = 1; attempt <= REMOVE_ATTEMPTS; attempt++) {
                const answer = await remove(condition, signal);
                if (answer === 'removed')
                    return;
                const stored = await read(signal);
                if (stored?.version !== held.version) {
                    if (answer === 'refused-after-silence')
                        return;
                    throw new _lock_lock_js__WEBPACK_IMPORTED_MODULE_1__/* .LockLostError */ .y(path, stored);
                }
                if (answer === 'unconditional-only')
                    condition = {};
            }
            const detail = `the lock is still there after ${REMOVE_ATTEMPTS} attempts to delete it`;
            throw new _job_backend_error_js__WEBPACK_IMPORTED_MODULE_0__/* .BackendError */ .J({
                kind: 'unexpected',
                action: 's3:DeleteObject',
                resource: `${bucket}/${key}`,
                detail,
            });
        },
    };
}
const REMOVE_ATTEMPTS = 5;
function noConditionalWrites({ path }, detail, cause) {
    return new _job_backend_error_js__WEBPACK_IMPORTED_MODULE_0__/* .BackendError */ .J({ kind: 'no-conditional-writes', path, detail }, { cause });
}
const encodeMetadata = (text) => encodeURIComponent(text.toWellFormed());
function decodeMetadata(text) {
    try {
        return text && decodeURIComponent(text);
    }
    catch {
        return undefined;
    }
}


/***/ })

};
