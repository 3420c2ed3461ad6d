const KEPT = 'cdk-secure-serverless-theme';

/** Light or dark as the system says, until somebody chooses; the choice stays where the browser lets a page keep it. */
export function startTheme(): void {
  const button = document.getElementById('theme');
  const root = document.documentElement;
  if (button === null) return;
  const system = window.matchMedia('(prefers-color-scheme: dark)');
  const isDark = () => root.dataset.theme === undefined ? system.matches : root.dataset.theme === 'dark';
  const show = () => {
    button.textContent = isDark() ? 'Light' : 'Dark';
    button.setAttribute('aria-label', isDark() ? 'Use light colours' : 'Use dark colours');
  };
  const kept = remembered();
  if (kept === 'light' || kept === 'dark') root.dataset.theme = kept;
  show();
  system.addEventListener('change', show);
  button.addEventListener('click', () => {
    root.dataset.theme = isDark() ? 'light' : 'dark';
    remember(root.dataset.theme);
    show();
  });
}

/** Files that were opened from a disk have no storage in some browsers, and asking for it throws. */
function remembered(): string | null {
  try {
    return window.localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

function remember(theme: string): void {
  try {
    window.localStorage.setItem(KEPT, theme);
  } catch {
    // then the choice holds for as long as the page is open
  }
}
