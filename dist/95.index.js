export const id = 95;
export const ids = [95];
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

/***/ 9095:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   deleteDigest: () => (/* binding */ deleteDigest),
/* harmony export */   putDigest: () => (/* binding */ putDigest)
/* harmony export */ });
/* harmony import */ var _aws_sdk_client_dynamodb__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4305);
/* harmony import */ var _aws_send_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4539);


async function putDigest(dynamodb, { table, id }, { md5, signal }) {
    const asked = { action: 'dynamodb:PutItem', container: table, signal };
    const command = new _aws_sdk_client_dynamodb__WEBPACK_IMPORTED_MODULE_1__/* .PutItemCommand */ .qnp({ TableName: table, Item: { LockID: { S: id }, Digest: { S: md5 } } });
    await (0,_aws_send_js__WEBPACK_IMPORTED_MODULE_0__/* .send */ .tN)(dynamodb, asked, (client, options) => client.send(command, options));
}
async function deleteDigest(dynamodb, { table, id }, signal) {
    const asked = { action: 'dynamodb:DeleteItem', container: table, signal };
    const command = new _aws_sdk_client_dynamodb__WEBPACK_IMPORTED_MODULE_1__/* .DeleteItemCommand */ .gEv({ TableName: table, Key: { LockID: { S: id } } });
    await (0,_aws_send_js__WEBPACK_IMPORTED_MODULE_0__/* .send */ .tN)(dynamodb, asked, (client, options) => client.send(command, options));
}


/***/ })

};
