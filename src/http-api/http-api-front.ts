import { IConstruct } from 'constructs';
import { checkReason } from '../core/checks';
import { refuse } from '../core/configuration-error';
import { SecurityProfile } from '../core/security-profile';
import { recordWaiver } from '../core/waiver';

/** What stands in front of an HTTP API, before which AWS WAF cannot stand itself. */
export class HttpApiFront {
  /**
   * Nothing: callers reach the API directly, and no web ACL thins out floods and known attacks. Authorization and throttles stand. The
   * reason is recorded and stands in the report.
   */
  public static none(reason: string): HttpApiFront {
    return new HttpApiFront(reason);
  }

  private constructor(/** @internal */ public readonly _reason: string | undefined) {}
}

/**
 * | front         | profile's webAcl | result |
 * |---------------|------------------|--------|
 * | none(reason)  | any              | recorded |
 * | left out      | yes              | refused, with the ways out |
 * | left out      | no               | nothing in front |
 */
export function checkFront(scope: IConstruct, front: HttpApiFront | undefined): void {
  if (front === undefined) {
    if (!SecurityProfile.of(scope).controls.webAcl) return;
    refuse(scope, {
      code: 'SecureHttpApi.Front',
      prop: 'front',
      must: 'must be chosen, because AWS WAF cannot stand in front of an HTTP API itself',
      fix: 'use SecureApi, which has a web ACL, or say why the API does without: HttpApiFront.none(reason)',
    });
  }
  if (front._reason === undefined) return;
  checkReason(scope, front._reason, { code: 'SecureHttpApi.FrontReason', prop: 'front', fix: 'say why the API does without a web ACL' });
  recordWaiver(scope, { control: 'SecureHttpApi.front', reason: front._reason });
}
