// See CONTRIBUTING.md: the modules of the product are loaded once for all of
// these suites.
import '../golden/authoring-language.spec.js';
import '../golden/hostile-values.spec.js';
import '../golden/landing-pages.spec.js';
import '../golden/quality-gates.spec.js';
import '../golden/substitution.spec.js';
import '../golden/templates.spec.js';
