import { quote } from '../quoting.js';

const S3_ALONE = 'Lockkeeper holds locks of the backend "s3" alone';

const NOT_YET = `${S3_ALONE}; the local one comes later.`;

export const otherType = (type: string, place: string) =>
  `The backend is ${quote(type)} by ${place}. ${type === 'local' ? NOT_YET : `${S3_ALONE}.`}`;

export const cloudBlock = (place: string) =>
  `${place} is a cloud block: HCP Terraform keeps such a state, and locks it itself, without this step.`;

/** @param where The folder, as `folderWords` has it. */
export const noBlock = (where: string) =>
  `The configuration in ${where} has no backend block: Terraform would keep the state in a file of the machine. ${NOT_YET}`;

const LOCAL_CLUSTER = `Lokomotive keeps such a cluster's state in a file of the machine. ${NOT_YET}`;

/** @param where The folder, as `folderWords` has it. */
export const noBlockOfLokomotive = (where: string) =>
  `No .lokocfg file in ${where} has a backend block. ${LOCAL_CLUSTER}`;

export const localCluster = (place: string) => `The backend is "local" by ${place}. ${LOCAL_CLUSTER}`;
