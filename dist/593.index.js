export const id = 593;
export const ids = [593];
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
        if (!complete)
            return undefined;
        const known = Object.fromEntries(FIELDS.map((field) => [field, value?.[field]]));
        return { ...known, ...optionalFields(value) };
    }
    catch {
        return undefined;
    }
}
function optionalFields(value) {
    return {
        ...(typeof value?.['runNumber'] === 'string' && { runNumber: value['runNumber'] }),
        ...(typeof value?.['looks'] === 'boolean' && { looks: value['looks'] }),
        ...(typeof value?.['kept'] === 'string' && { kept: value['kept'] }),
    };
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

/***/ 5593:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   dynamodbLock: () => (/* binding */ dynamodbLock)
/* harmony export */ });
/* harmony import */ var _aws_sdk_client_dynamodb__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4305);
/* harmony import */ var _job_backend_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9595);
/* harmony import */ var _lock_holder_record_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(2410);
/* harmony import */ var _lock_lock_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7439);
/* harmony import */ var _lock_lock_info_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(9411);
/* harmony import */ var _lock_release_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4331);
/* harmony import */ var _aws_resending_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1968);
/* harmony import */ var _aws_send_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4539);








const ABSENT = { ConditionExpression: 'attribute_not_exists(LockID)' };
const RETURN_REFUSER = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' };
const unchanged = ({ version }) => ({
    ConditionExpression: 'Info = :version',
    ExpressionAttributeValues: { ':version': { S: version } },
});
function dynamodbLock(dynamodb, table, path) {
    const address = { TableName: table, Key: { LockID: { S: path } } };
    async function read(signal) {
        try {
            const asked = { action: 'dynamodb:GetItem', container: table, signal };
            const { Item } = await (0,_aws_send_js__WEBPACK_IMPORTED_MODULE_4__/* .send */ .tN)(dynamodb, asked, (client, options) => client.send(new _aws_sdk_client_dynamodb__WEBPACK_IMPORTED_MODULE_5__/* .GetItemCommand */ .ZKh({ ...address, ConsistentRead: true }), options));
            return Item && heldFrom(Item);
        }
        catch (error) {
            if ((0,_job_backend_error_js__WEBPACK_IMPORTED_MODULE_0__/* .isNoPlaceForLocks */ .Ej)(error) && !dynamodb.connection.identity.isAnother?.())
                return undefined;
            throw error;
        }
    }
    async function put(record, condition, signal) {
        const Item = itemFrom(path, record);
        const command = new _aws_sdk_client_dynamodb__WEBPACK_IMPORTED_MODULE_5__/* .PutItemCommand */ .qnp({ TableName: table, Item, ...condition, ...RETURN_REFUSER });
        const asked = { action: 'dynamodb:PutItem', container: table, signal, expected: refusal };
        const answer = await (0,_aws_send_js__WEBPACK_IMPORTED_MODULE_4__/* .send */ .tN)(dynamodb, asked, (client, options) => client.send(command, options));
        return isRefusal(answer) ? answer : heldFrom(Item);
    }
    async function refuser({ Item = {} }, signal) {
        return Object.keys(Item).length > 0 ? heldFrom(Item) : read(signal);
    }
    async function remove(held, signal) {
        const command = new _aws_sdk_client_dynamodb__WEBPACK_IMPORTED_MODULE_5__/* .DeleteItemCommand */ .gEv({ ...address, ...unchanged(held), ...RETURN_REFUSER });
        const asked = { action: 'dynamodb:DeleteItem', container: table, signal, expected: refusal };
        const answer = await (0,_aws_send_js__WEBPACK_IMPORTED_MODULE_4__/* .send */ .tN)(dynamodb, asked, (client, options) => client.send(command, options));
        if (!isRefusal(answer))
            return;
        const mayBeDone = (0,_aws_resending_js__WEBPACK_IMPORTED_MODULE_3__/* .mayHaveTakenEffect */ .Y2)(answer);
        const by = await (0,_aws_resending_js__WEBPACK_IMPORTED_MODULE_3__/* .lookAfter */ .sR)(mayBeDone, () => refuser(answer, signal));
        if (mayBeDone && by?.version !== held.version)
            return;
        throw new _lock_lock_js__WEBPACK_IMPORTED_MODULE_1__/* .LockLostError */ .y(path, by);
    }
    return {
        path,
        read,
        remove,
        async tryAcquire(record, signal) {
            const written = await put(record, ABSENT, signal);
            if (!isRefusal(written))
                return { acquired: true, held: written };
            const by = await refuser(written, signal);
            if (by?.info?.ID === record.info.ID)
                return { acquired: true, held: by };
            return { acquired: false, by };
        },
        async replace(held, record, signal) {
            const written = await put(record, unchanged(held), signal);
            if (!isRefusal(written))
                return written;
            const by = await refuser(written, signal);
            if (by && (0,_lock_lock_info_js__WEBPACK_IMPORTED_MODULE_6__/* .isSameInfo */ .tN)(by.info, record.info))
                return by;
            throw new _lock_lock_js__WEBPACK_IMPORTED_MODULE_1__/* .LockLostError */ .y(path, by);
        },
        free: (id, signal) => (0,_lock_release_js__WEBPACK_IMPORTED_MODULE_2__/* .releaseById */ .u$)({ read, remove }, id, signal),
    };
}
function isRefusal(answer) {
    return answer instanceof _aws_sdk_client_dynamodb__WEBPACK_IMPORTED_MODULE_5__/* .ConditionalCheckFailedException */ .jPo;
}
const refusal = (error) => (isRefusal(error) ? error : undefined);
function itemFrom(path, { info, holder }) {
    return {
        LockID: { S: path },
        Info: { S: (0,_lock_lock_info_js__WEBPACK_IMPORTED_MODULE_6__/* .formatLockInfo */ .jn)(info) },
        ...(holder && { Holder: { S: (0,_lock_holder_record_js__WEBPACK_IMPORTED_MODULE_7__/* .formatHolder */ .a)(holder) } }),
    };
}
function heldFrom(item) {
    const text = item['Info']?.S ?? '';
    return { version: text, info: (0,_lock_lock_info_js__WEBPACK_IMPORTED_MODULE_6__/* .parseLockInfo */ .BF)(text), holder: (0,_lock_holder_record_js__WEBPACK_IMPORTED_MODULE_7__/* .parseHolder */ .i)(item['Holder']?.S) };
}


/***/ })

};
