import { Finding } from '../common/finding';

/** Whether this invocation may handle a finding: `busy` says that another one does, and may still fail. */
export type Claim = 'claimed' | 'done' | 'busy';

/** What the function does to the world, so that its order can be tested without one. */
export interface Ports {
  /** Takes a finding for a while. Afterwards somebody else may, unless it is finished. */
  claim(key: string): Promise<Claim>;
  /** Says that a finding was handled to the end. */
  finish(key: string): Promise<void>;
  /** Puts the finding on the bus. */
  send(finding: Finding): Promise<void>;
  /** Tells people. */
  notify(finding: Finding): Promise<void>;
  /** Tells Security Hub. */
  tellSecurityHub(finding: Finding): Promise<void>;
  /** Counts. */
  count(metrics: Counted): void;
}

export interface Counted {
  readonly name: 'Findings' | 'UnknownShapes' | 'Duplicates';
  readonly finding: Finding;
}
