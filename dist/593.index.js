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
        return complete
            ? Object.fromEntries(FIELDS.map((field) => [field, value?.[field]]))
            : undefined;
    }
    catch {
        return undefined;
    }
}


/***/ }),

/***/ 5593:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   dynamodbLock: () => (/* binding */ dynamodbLock)
/* harmony export */ });
/* harmony import */ var _aws_sdk_client_dynamodb__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4305);
/* harmony import */ var _job_backend_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9595);
/* harmony import */ var _lock_holder_record_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(2410);
/* harmony import */ var _lock_lock_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7439);
/* harmony import */ var _lock_lock_info_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(9411);
/* harmony import */ var _aws_clients_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2525);
/* harmony import */ var _aws_resending_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1968);







const ABSENT = 'attribute_not_exists(LockID)';
const UNCHANGED = { ConditionExpression: 'Info = :version' };
const RETURN_REFUSER = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' };
function dynamodbLock(dynamodb, table, path) {
    const { client } = dynamodb;
    const failed = (error, action, signal) => (0,_aws_clients_js__WEBPACK_IMPORTED_MODULE_2__/* .failure */ .V2)(error, { service: 'DynamoDB', action: `dynamodb:${action}`, container: table }, dynamodb, signal);
    async function read(signal) {
        try {
            const { Item } = await client.send(new _aws_sdk_client_dynamodb__WEBPACK_IMPORTED_MODULE_4__/* .GetItemCommand */ .ZKh({ TableName: table, Key: { LockID: { S: path } }, ConsistentRead: true }), (0,_aws_clients_js__WEBPACK_IMPORTED_MODULE_2__/* .abortable */ .ZC)(signal));
            return Item && heldFrom(Item);
        }
        catch (error) {
            const translated = failed(error, 'GetItem', signal);
            if ((0,_job_backend_error_js__WEBPACK_IMPORTED_MODULE_0__/* .isNoPlaceForLocks */ .E)(translated))
                return undefined;
            throw translated;
        }
    }
    async function refuser(error, signal) {
        return error.Item && Object.keys(error.Item).length > 0 ? heldFrom(error.Item) : read(signal);
    }
    return {
        path,
        read,
        async tryAcquire(info, holder, signal) {
            try {
                await client.send(new _aws_sdk_client_dynamodb__WEBPACK_IMPORTED_MODULE_4__/* .PutItemCommand */ .qnp({
                    TableName: table,
                    Item: itemFrom(path, info, holder),
                    ConditionExpression: ABSENT,
                    ...RETURN_REFUSER,
                }), (0,_aws_clients_js__WEBPACK_IMPORTED_MODULE_2__/* .abortable */ .ZC)(signal));
                return { acquired: true, held: heldFrom(itemFrom(path, info, holder)) };
            }
            catch (error) {
                if (!(error instanceof _aws_sdk_client_dynamodb__WEBPACK_IMPORTED_MODULE_4__/* .ConditionalCheckFailedException */ .jPo))
                    throw failed(error, 'PutItem', signal);
                const by = await refuser(error, signal);
                if (by?.info?.ID === info.ID)
                    return { acquired: true, held: by };
                return { acquired: false, by };
            }
        },
        async replace(held, info, holder, signal) {
            try {
                await client.send(new _aws_sdk_client_dynamodb__WEBPACK_IMPORTED_MODULE_4__/* .PutItemCommand */ .qnp({
                    TableName: table,
                    Item: itemFrom(path, info, holder),
                    ...UNCHANGED,
                    ExpressionAttributeValues: { ':version': { S: held.version } },
                    ...RETURN_REFUSER,
                }), (0,_aws_clients_js__WEBPACK_IMPORTED_MODULE_2__/* .abortable */ .ZC)(signal));
                return heldFrom(itemFrom(path, info, holder));
            }
            catch (error) {
                if (!(error instanceof _aws_sdk_client_dynamodb__WEBPACK_IMPORTED_MODULE_4__/* .ConditionalCheckFailedException */ .jPo))
                    throw failed(error, 'PutItem', signal);
                const by = await refuser(error, signal);
                if (by?.info?.ID === info.ID)
                    return by;
                throw new _lock_lock_js__WEBPACK_IMPORTED_MODULE_1__/* .LockLostError */ .y(path, by);
            }
        },
        async remove(held, signal) {
            try {
                await client.send(new _aws_sdk_client_dynamodb__WEBPACK_IMPORTED_MODULE_4__/* .DeleteItemCommand */ .gEv({
                    TableName: table,
                    Key: { LockID: { S: path } },
                    ...UNCHANGED,
                    ExpressionAttributeValues: { ':version': { S: held.version } },
                    ...RETURN_REFUSER,
                }), (0,_aws_clients_js__WEBPACK_IMPORTED_MODULE_2__/* .abortable */ .ZC)(signal));
            }
            catch (error) {
                if (!(error instanceof _aws_sdk_client_dynamodb__WEBPACK_IMPORTED_MODULE_4__/* .ConditionalCheckFailedException */ .jPo))
                    throw failed(error, 'DeleteItem', signal);
                const by = await refuser(error, signal);
                if (by?.version !== held.version && (0,_aws_resending_js__WEBPACK_IMPORTED_MODULE_3__/* .mayHaveTakenEffect */ .Y)(error))
                    return;
                throw new _lock_lock_js__WEBPACK_IMPORTED_MODULE_1__/* .LockLostError */ .y(path, by);
            }
        },
    };
}
function itemFrom(path, info, holder) {
    return {
        LockID: { S: path },
        Info: { S: (0,_lock_lock_info_js__WEBPACK_IMPORTED_MODULE_5__/* .formatLockInfo */ .jn)(info) },
        Holder: { S: (0,_lock_holder_record_js__WEBPACK_IMPORTED_MODULE_6__/* .formatHolder */ .a)(holder) },
    };
}
function heldFrom(item) {
    const text = item['Info']?.S ?? '';
    const info = (0,_lock_lock_info_js__WEBPACK_IMPORTED_MODULE_5__/* .parseLockInfo */ .BF)(text);
    const holder = (0,_lock_holder_record_js__WEBPACK_IMPORTED_MODULE_6__/* .parseHolder */ .i)(item['Holder']?.S);
    return { version: text, info, holder };
}


/***/ })

};
