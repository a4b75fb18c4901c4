// See CONTRIBUTING.md: the modules of the product are loaded once for all of
// these suites.
import '../architecture/alarms.spec.js';
import '../architecture/api-without-sql.spec.js';
import '../architecture/cross-schema-reads.spec.js';
import '../architecture/docs.spec.js';
import '../architecture/figure-commands.spec.js';
import '../architecture/floors.spec.js';
import '../architecture/function-files.spec.js';
import '../architecture/german.spec.js';
import '../architecture/licences.spec.js';
import '../architecture/nightly.spec.js';
import '../architecture/operation.spec.js';
import '../architecture/page-languages.spec.js';
import '../architecture/portal-permissions.spec.js';
import '../architecture/portal-words.spec.js';
import '../architecture/recipes.spec.js';
import '../architecture/resource-limits.spec.js';
import '../architecture/security-docs.spec.js';
import '../architecture/server-texts.spec.js';
