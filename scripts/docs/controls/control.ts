/** Who asks for a control, and under which ids. */
export interface Sources {
  /** Security Hub, mostly its standard of foundational best practices. */
  readonly securityHub?: readonly string[];
  /** The proactive controls of Control Tower. */
  readonly controlTower?: readonly string[];
  /** cdk-nag: the ids in each of its packs, or the name of the rule where no pack has it. */
  readonly nag?: readonly string[];
  readonly checkov?: readonly string[];
  readonly trivy?: readonly string[];
  readonly cfnNag?: readonly string[];
  readonly kics?: readonly string[];
  /** The registry of rules of CloudFormation Guard. */
  readonly guard?: readonly string[];
  readonly prowler?: readonly string[];
  readonly owasp?: readonly string[];
  readonly csa?: readonly string[];
  readonly wellArchitected?: readonly string[];
}

/**
 * Why no rule asks for a control as its source words it.
 *
 * | reason         | means                                                                          |
 * |----------------|--------------------------------------------------------------------------------|
 * | `not-visible`  | it shows in the account or in the code, not in a template                      |
 * | `decided`      | sources contradict each other, or it protects nothing: decided in ADR 11       |
 */
export type Because = 'not-visible' | 'decided';

/** One thing that published catalogues ask of a template, and what answers it. */
export interface Control {
  /** What the template must show. */
  readonly asks: string;
  readonly sources: Sources;
  /** Our rules, the one that answers most of it first. */
  readonly rules?: readonly string[];
  /** All rules that name one of these frameworks: for lists of risks, which are wider than any rule. */
  readonly rulesUnder?: readonly string[];
  readonly because?: Because;
  readonly remark?: string;
}

/** Controls by their id in this catalogue. */
export type Controls = { readonly [id: string]: Control };

/** A dangerous pattern that scanners of templates do not know, and what answers it. */
export interface Pattern {
  readonly pattern: string;
  readonly rules: readonly string[];
  readonly remark?: string;
}

export type Patterns = { readonly [id: string]: Pattern };
