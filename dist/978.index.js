export const id = 978;
export const ids = [978];
export const modules = {

/***/ 7978:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   requireAccount: () => (/* binding */ requireAccount)
/* harmony export */ });
/* harmony import */ var _job_backend_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9595);
/* harmony import */ var _clients_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2525);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2338);



async function requireAccount(rule, identity, way) {
    const account = await accountOf(identity, way);
    const isListed = rule.ids.includes(account);
    if (isListed === (rule.kind === 'allowed'))
        return;
    throw new _job_backend_error_js__WEBPACK_IMPORTED_MODULE_0__/* .BackendError */ .Jh({ kind: 'wrong-account', account, rule, by: identity.described });
}
async function accountOf(identity, { lookup: { sts }, reach, roots, maxAttempts, over }) {
    const { GetCallerIdentityCommand, STSClient } = await Promise.all(/* import() */[__webpack_require__.e(291), __webpack_require__.e(279), __webpack_require__.e(136), __webpack_require__.e(869), __webpack_require__.e(695)]).then(__webpack_require__.t.bind(__webpack_require__, 1695, 19));
    const client = new STSClient(await (0,_clients_js__WEBPACK_IMPORTED_MODULE_1__/* .clientOptions */ .s1)({ ...sts, maxAttempts, identity, reach, roots }));
    try {
        const { Account = '' } = await client.send(new GetCallerIdentityCommand({}), { abortSignal: over });
        return Account;
    }
    catch (error) {
        throw (0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .translateError */ .ZO)(error, {
            ...sts,
            service: 'STS',
            action: 'sts:GetCallerIdentity',
            resource: '*',
            container: '',
            credentialsTried: identity.described,
        });
    }
    finally {
        client.destroy();
    }
}


/***/ })

};
