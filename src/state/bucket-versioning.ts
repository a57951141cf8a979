/** Whether a bucket keeps the versions of its objects. `suspended`: those from before, but no new ones. */
export type BucketVersioning = 'enabled' | 'suspended' | 'disabled';
