import { bundleHandlers } from '../../scripts/handlers/bundle';

/** Before all suites: constructs take the code of their functions from assets/, which a fresh checkout does not have yet. */
export default function (): void {
  bundleHandlers();
}
