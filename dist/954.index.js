export const id = 954;
export const ids = [954];
export const modules = {

/***/ 7954:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  ambientProvider: () => (/* binding */ ambientProvider),
  profileProvider: () => (/* binding */ profileProvider)
});

// EXTERNAL MODULE: ./build/config/attributes/credentials.js
var credentials = __webpack_require__(8083);
// EXTERNAL MODULE: ./build/stores/aws/request-handler.js
var request_handler = __webpack_require__(8221);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
;// CONCATENATED MODULE: ./build/stores/aws/identities/sdk-environment.js

async function tellSdk({ ssoEndpoint, configFiles, metadata = {} }, credentialsFiles) {
    const { endpoint, endpointMode, enabled } = metadata;
    const variables = {
        AWS_CONFIG_FILE: configFiles && (await oneFile(configFiles)),
        AWS_SHARED_CREDENTIALS_FILE: credentialsFiles && (await oneFile(credentialsFiles)),
        AWS_ENDPOINT_URL_SSO: ssoEndpoint,
        AWS_EC2_METADATA_SERVICE_ENDPOINT: endpoint,
        AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE: endpointMode,
        AWS_EC2_METADATA_DISABLED: enabled === undefined ? undefined : String(!enabled),
    };
    for (const [name, value] of Object.entries(variables))
        if (value !== undefined)
            process.env[name] = value;
}
const BETWEEN_FILES = '\n[ ]\n';
async function oneFile(paths) {
    const last = paths[paths.length - 1] ?? '';
    if (paths.length === 1)
        return last;
    const texts = await Promise.all(paths.map(textOf));
    const { externalDataInterceptor } = await __webpack_require__.e(/* import() */ 291).then(__webpack_require__.t.bind(__webpack_require__, 7291, 19));
    externalDataInterceptor.interceptFile(last, texts.filter((text) => text !== undefined).join(BETWEEN_FILES));
    return last;
}
async function textOf(path) {
    try {
        return await (0,promises_.readFile)(path, 'utf8');
    }
    catch (error) {
        if (error.code === 'ENOENT')
            return undefined;
        throw error;
    }
}

// EXTERNAL MODULE: ./build/stores/aws/identities/token-service.js + 1 modules
var token_service = __webpack_require__(3675);
// EXTERNAL MODULE: ./build/stores/aws/identities/web-identity.js
var web_identity = __webpack_require__(5473);
;// CONCATENATED MODULE: ./build/stores/aws/identities/sdk-chain.js





async function profileProvider({ profile, credentialsFiles }, surroundings) {
    const { fromIni } = await Promise.all(/* import() */[__webpack_require__.e(291), __webpack_require__.e(279), __webpack_require__.e(136), __webpack_require__.e(869)]).then(__webpack_require__.t.bind(__webpack_require__, 5869, 19));
    const options = await sdkOptions(surroundings);
    return async () => {
        await tellSdk(surroundings.lookup, credentialsFiles);
        return fromIni({ ...options, profile, ignoreCache: true })();
    };
}
async function ambientProvider(surroundings) {
    const { defaultProvider } = await Promise.all(/* import() */[__webpack_require__.e(291), __webpack_require__.e(279), __webpack_require__.e(136), __webpack_require__.e(869), __webpack_require__.e(861)]).then(__webpack_require__.t.bind(__webpack_require__, 5861, 19));
    const options = await sdkOptions(surroundings);
    return async () => {
        const keys = environmentKeys();
        if (keys)
            return keys;
        await tellSdk(surroundings.lookup);
        const path = firstSet(['AWS_WEB_IDENTITY_TOKEN_FILE']);
        if (path !== undefined)
            return (0,web_identity/* withWebIdentity */.rS)(webIdentityIn(path), surroundings);
        const profile = firstSet(credentials/* credentialInputs */.H.profile.environment) ?? 'default';
        return defaultProvider({ ...options, profile })();
    };
}
function webIdentityIn(path) {
    const arn = firstSet(['AWS_ROLE_ARN']);
    if (arn === undefined)
        throw new Error('AWS_WEB_IDENTITY_TOKEN_FILE is set, and AWS_ROLE_ARN is not');
    const sessionName = firstSet(['AWS_ROLE_SESSION_NAME']) ?? 'lockkeeper';
    return { role: { arn, sessionName }, token: { kind: 'file', path } };
}
function environmentKeys() {
    const accessKeyId = firstSet(credentials/* credentialInputs */.H.access_key.environment);
    const secretAccessKey = firstSet(credentials/* credentialInputs */.H.secret_key.environment);
    const sessionToken = firstSet(credentials/* credentialInputs */.H.token.environment);
    return accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey, sessionToken } : undefined;
}
function firstSet(names) {
    return names.map((name) => (process.env[name] ?? '').trim()).find((text) => text !== '');
}
async function sdkOptions(surroundings) {
    const { assumeRole, assumeRoleWithToken } = (0,token_service/* tokenService */.LP)(surroundings);
    const { reach, roots, maxAttempts, listener } = surroundings;
    return {
        roleAssumer: (from, input) => {
            listener(from);
            return assumeRole({ described: 'the credentials of the profile', provide: async () => from }, input);
        },
        roleAssumerWithWebIdentity: (input) => assumeRoleWithToken('web-identity', input),
        clientConfig: { requestHandler: await (0,request_handler/* requestHandler */.O)(reach, roots), maxAttempts },
    };
}


/***/ })

};
