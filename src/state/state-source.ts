/** Where a state is read from: its object, and Terraform's digest of it. */
export interface StateSource {
  readonly bucket: string;
  readonly path: string;
  /**
   * @param unlessEtag Answer `'unchanged'`, without a body, while the object still has this ETag.
   * @returns undefined if there is no state; Terraform counts a zero-byte object as none.
   */
  get(options: {
    readonly unlessEtag?: string;
    readonly signal?: AbortSignal;
  }): Promise<StoredState | 'unchanged' | undefined>;
  /** @returns The text that Terraform keeps as the state's digest; undefined if it keeps none. */
  digest(signal?: AbortSignal): Promise<string | undefined>;
}

/** One version of the state's object. */
export interface StateVersion {
  /** As S3 gives it, in quotes. */
  readonly etag: string;
  /** Milliseconds since the Unix epoch. */
  readonly lastModified: number;
  /** Only in a versioned bucket. */
  readonly versionId?: string;
  readonly encryption: SourceEncryption;
}

export interface StoredState extends StateVersion {
  readonly body: Uint8Array;
}

/** How one version of a state is encrypted, as far as a copy must match it. */
export type SourceEncryption =
  | { readonly kind: 'none' }
  | { readonly kind: 'aes256' }
  | { readonly kind: 'kms'; readonly algorithm: 'aws:kms' | 'aws:kms:dsse'; readonly keyId?: string }
  | { readonly kind: 'customer-key'; readonly keyBase64: string };
