export const id = 838;
export const ids = [838];
export const modules = {

/***/ 6838:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  handlerThrough: () => (/* binding */ handlerThrough)
});

// EXTERNAL MODULE: ./node_modules/@smithy/node-http-handler/dist-cjs/index.js
var dist_cjs = __webpack_require__(1279);
// EXTERNAL MODULE: ./node_modules/http-proxy-agent/dist/index.js
var dist = __webpack_require__(8947);
// EXTERNAL MODULE: ./node_modules/https-proxy-agent/dist/index.js + 1 modules
var https_proxy_agent_dist = __webpack_require__(1566);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(7030);
;// CONCATENATED MODULE: ./build/stores/aws/no-proxy.js

function isExempt(address, entries) {
    return isLoopback(address.host) || entries.some((entry) => matches(entry.toLowerCase(), address));
}
function matches(entry, { host, port }) {
    if (entry === '*')
        return true;
    if (entry.includes('/'))
        return isInNetwork(host, entry);
    const { name, port: onlyPort } = splitPort(entry);
    if (name === '' || (onlyPort !== undefined && onlyPort !== String(port)))
        return false;
    if ((0,external_node_net_.isIP)(name))
        return (0,external_node_net_.isIP)(host) !== 0 && listed(host, (list) => list.addAddress(name, familyOf(name)));
    if ((0,external_node_net_.isIP)(host))
        return false;
    const domain = name.replace(/^\*\./, '.');
    return domain.startsWith('.') ? host.toLowerCase().endsWith(domain) : isWithin(host.toLowerCase(), domain);
}
const isWithin = (host, domain) => host === domain || host.endsWith(`.${domain}`);
function splitPort(entry) {
    const [, bracketed, plain, port] = /^(?:\[(.*)\](?=:)|([^:]*))(?::([^:]*))?$/.exec(entry) ?? [];
    return { name: bracketed ?? plain ?? entry, port: port || undefined };
}
function isInNetwork(host, network) {
    const [, address = '', bits = ''] = /^(.*)\/(\d{1,3})$/.exec(network) ?? [];
    const longest = { 0: -1, 4: 32, 6: 128 }[(0,external_node_net_.isIP)(address)] ?? -1;
    if (Number(bits) > longest || !(0,external_node_net_.isIP)(host) || (0,external_node_net_.isIP)(address) > (0,external_node_net_.isIP)(host))
        return false;
    return listed(host, (list) => list.addSubnet(address, Number(bits), familyOf(address)));
}
function isLoopback(host) {
    return host === 'localhost' || isInNetwork(host, '127.0.0.0/8') || isInNetwork(host, '::1/128');
}
function listed(ip, fill) {
    const list = new external_node_net_.BlockList();
    fill(list);
    return list.check(ip, familyOf(ip));
}
const familyOf = (ip) => ((0,external_node_net_.isIP)(ip) === 6 ? 'ipv6' : 'ipv4');

;// CONCATENATED MODULE: ./build/stores/aws/proxied-requests.js




function handlerThrough(proxies, ways) {
    const { https, http } = proxies;
    const straight = new dist_cjs.NodeHttpHandler(ways.straight);
    const proxied = new dist_cjs.NodeHttpHandler({
        socketTimeout: ways.straight.socketTimeout,
        ...(https && { httpsAgent: proxyAgent(https_proxy_agent_dist/* HttpsProxyAgent */.b, https, ways) }),
        ...(http && { httpAgent: proxyAgent(dist/* HttpProxyAgent */.s, http, ways) }),
    });
    return {
        metadata: straight.metadata,
        handle: (request, options) => (hasProxy(request, proxies) ? proxied : straight).handle(request, options),
        destroy: () => {
            straight.destroy();
            proxied.destroy();
        },
        updateHttpClientConfig: (key, value) => {
            straight.updateHttpClientConfig(key, value);
            proxied.updateHttpClientConfig(key, value);
        },
        httpHandlerConfigs: () => straight.httpHandlerConfigs(),
    };
}
function hasProxy({ protocol, hostname, port }, { https, http, noProxy }) {
    const secure = protocol === 'https:';
    const host = hostname.replace(/^\[|\]$/g, '');
    return ((secure ? https : http) !== undefined && !isExempt({ host, port: port ?? (secure ? 443 : 80) }, noProxy));
}
function proxyAgent(Agent, proxy, { straight: { connectionTimeout: timeoutMs }, pool, trust }) {
    const agent = new Agent(proxy, pool);
    agent.isSecureEndpoint = () => Agent === https_proxy_agent_dist/* HttpsProxyAgent */.b;
    agent.connect = async (request, options) => {
        const limit = new AbortController();
        const timer = setTimeout(() => limit.abort(), timeoutMs);
        const connecting = new Agent(proxy, { ...pool, ...trust, signal: limit.signal });
        let refusal;
        connecting.once('proxyConnect', ({ statusCode = 200, statusText = '' }) => {
            if (statusCode !== 200)
                refusal = refused(`${statusCode} ${statusText}`.trim());
        });
        try {
            const socket = await connecting.connect(request, { ...options, ...trust });
            if (refusal === undefined)
                return socket;
            socket.destroy();
            throw refusal;
        }
        catch (error) {
            throw limit.signal.aborted ? silent(timeoutMs) : error;
        }
        finally {
            clearTimeout(timer);
        }
    };
    return agent;
}
const refused = (answer) => Object.assign(new Error(`the proxy refused to connect: ${answer}`), { code: 'ECONNREFUSED' });
const silent = (timeoutMs) => Object.assign(new Error(`the proxy did not connect within ${timeoutMs} ms`), { code: 'ETIMEDOUT' });


/***/ })

};
