import type { VersionMark } from '../../snapshots/index/catalogue-index.js';
import type { Doubt, Finding } from '../../snapshots/verification/finding.js';
import { reason } from '../../words/explain.js';

/** What is wrong, as whole sentences. What it is about is told beside them. */
export function doubtWords({ doubt }: Finding): string {
  switch (doubt.kind) {
    case 'altered':
      return alteredWords(doubt);
    case 'not-a-state':
      return `It does not read as a state. ${doubt.reasons.join(' ')}`;
    case 'unrecorded':
      return 'Nothing says what its bytes were when it was stored: it was not stored by Lockkeeper, or was copied by hand.';
    case 'misnamed':
      return `Its name says serial ${doubt.named}, and its content ${doubt.serial ?? 'says none'}.`;
    case 'same-serial':
      return (
        `It has another content than an earlier snapshot of the same lineage and the same serial ${doubt.serial}, ` +
        `${nameOf(doubt.other)}: somebody wrote the state past Terraform.`
      );
    case 'falling-serial':
      return (
        `Its serial ${doubt.serial} is lower than ${doubt.otherSerial}, that of the snapshot before it, ` +
        `${nameOf(doubt.other)}: the state was put back by other means than a restore.`
      );
    case 'unread':
      return `It could not be read. ${reason(doubt.error)}`;
    case 'gone':
      return 'It was there when the snapshots were listed, and not any more when it was to be read.';
    case 'vanished':
      return (
        `The index knows a verified snapshot of the version of ${momentOf(doubt.mark)} (${doubt.mark.tag}), and neither it nor a ` +
        'newer one is there: somebody removed it, or changed the index.'
      );
    case 'no-snapshot':
      return doubt.others === 0
        ? 'This state has no snapshot.'
        : `This state has no verified snapshot. Copies of it that are not verified: ${doubt.others}.`;
    case 'unsaved':
      return 'The version that this state has now has no verified snapshot yet.';
    case 'drill-failed':
      return `Restored for trial, it could not be read. ${reason(doubt.error)}`;
    case 'drill-differs':
      return (
        `Restored for trial, other resources were listed than are in it; ${listed('missing', doubt.missing)}, ` +
        `${listed('not expected', doubt.unexpected)}.`
      );
  }
}

function alteredWords({ what, recorded, found }: Extract<Doubt, { kind: 'altered' }>): string {
  return what === 'length'
    ? `Its bytes are not those that are listed: ${found} of ${recorded} came.`
    : `Its bytes are not those that were stored: their ${what} is ${found}, and ${recorded} was recorded.`;
}

const MOST_ADDRESSES = 5;

function listed(what: string, addresses: readonly string[]): string {
  const more = addresses.length > MOST_ADDRESSES ? ', …' : '';
  const named = addresses.length > 0 ? ` (${addresses.slice(0, MOST_ADDRESSES).join(', ')}${more})` : '';
  return `${what}: ${addresses.length}${named}`;
}

/** The last part of a key. */
export const nameOf = (key: string) => key.slice(key.lastIndexOf('/') + 1);

const momentOf = ({ lastModified }: VersionMark) =>
  new Date(lastModified).toISOString().replace('.000Z', 'Z');
