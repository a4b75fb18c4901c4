// See CONTRIBUTING.md: the modules of the product are loaded once for all of
// these suites.
import '../golden/asset-seal.spec.js';
import '../golden/locked-copy.spec.js';
import '../golden/seal-attack.spec.js';
import '../golden/unaltered-copies.spec.js';
import '../golden/verification.spec.js';
