import { type AwsProxy, startAwsProxy } from '../../testing/aws-proxy.js';
import type { ProxyOptions } from '../../testing/connect-proxy.js';
import { inScene, type Scene } from './scene.js';

/** A scene at AWS's own addresses: nobody names an endpoint, and a proxy is the only way there. */
export interface AwsScene extends Scene {
  readonly aws: AwsProxy;
}

export interface AwsOptions extends Pick<ProxyOptions, 'login'> {
  readonly region?: string;
}

const NO_ENDPOINTS = { endpoint: '', dynamodb_endpoint: '', use_path_style: '' };

/** Runs a test in a scene of its own, whose jobs have the proxy in their environment. */
export function atAws(
  run: (scene: AwsScene) => Promise<void>,
  { region = 'us-east-1', ...proxy }: AwsOptions = {},
): Promise<void> {
  const runThere = async (scene: Scene) => {
    const aws = await startAwsProxy(scene, proxy);
    const startJob: Scene['startJob'] = (kind, options = {}) =>
      scene.startJob(kind, {
        ...options,
        inputs: { ...NO_ENDPOINTS, region, ...options.inputs },
        env: { ...aws.environment, ...options.env },
      });
    try {
      await run({ ...scene, aws, startJob });
    } finally {
      await aws.close();
    }
  };
  return inScene(runThere, { region });
}
