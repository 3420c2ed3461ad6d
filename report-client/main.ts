import { startFilters } from './filters';
import { startPicture } from './picture';
import { startTheme } from './theme';

// The page can be read without any of this.
document.documentElement.classList.add('js');
startTheme();
startFilters();
startPicture();

// Whoever prints wants all of it, and finds the page as it was afterwards.
const opened: HTMLDetailsElement[] = [];
window.addEventListener('beforeprint', () => {
  for (const details of document.querySelectorAll('details')) {
    if (details.open) continue;
    details.open = true;
    opened.push(details);
  }
});
window.addEventListener('afterprint', () => {
  for (const details of opened.splice(0)) details.open = false;
});
