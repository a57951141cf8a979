export const id = 420;
export const ids = [420];
export const modules = {

/***/ 3420:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   dynamodbDigestReader: () => (/* binding */ dynamodbDigestReader)
/* harmony export */ });
/* harmony import */ var _aws_sdk_client_dynamodb__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4305);
/* harmony import */ var _aws_clients_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2525);


function dynamodbDigestReader(dynamodb, table, id) {
    return async (signal) => {
        try {
            const { Item } = await dynamodb.client.send(new _aws_sdk_client_dynamodb__WEBPACK_IMPORTED_MODULE_1__/* .GetItemCommand */ .ZKh({ TableName: table, Key: { LockID: { S: id } }, ConsistentRead: true }), (0,_aws_clients_js__WEBPACK_IMPORTED_MODULE_0__/* .abortable */ .ZC)(signal));
            return Item?.['Digest']?.S;
        }
        catch (error) {
            throw (0,_aws_clients_js__WEBPACK_IMPORTED_MODULE_0__/* .failure */ .V2)(error, { service: 'DynamoDB', action: 'dynamodb:GetItem', container: table }, dynamodb, signal);
        }
    };
}


/***/ })

};
