import { bundleLibrary } from './bundle-library';

/** See docs/adr/0007. */
bundleLibrary('model/templates/yaml.js', ['yaml']);
