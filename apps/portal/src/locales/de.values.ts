/**
 * Why what somebody filled in is not taken, by its code: first what stands in a copy, where `what` is the field or the slot's label and the
 * others have these names in the problem's `named`; then the fields of a form, which say it beside themselves.
 */
export const GERMAN_VALUES = {
  'value-missing': '{{what}}: Hier steht nichts. Füllen Sie es aus.',
  'text-broken': '{{what}}: Darin ist ein halbes Zeichen. Schreiben Sie den Text noch einmal.',
  'text-invisible':
    '{{what}}: Darin ist ein Zeichen, das man nicht sieht oder das die Schreibrichtung ändert. Tippen Sie den Text, statt ihn einzufügen.',
  'text-disguised':
    '{{what}}: Das Wort „{{word}}“ hat Buchstaben, die nur gleich aussehen. Schreiben Sie es auf einer Tastatur; lateinische, griechische und kyrillische Buchstaben kommen nicht in ein Wort.',
  'text-too-long': '{{what}}: Das sind {{length}} Zeichen; {{maxChars}} passen hinein. Kürzen Sie es.',
  'text-lines': '{{what}}: Das ist mehr als eine Zeile. Schreiben Sie es in eine.',
  'text-url': '{{what}}: Darin steht eine Webadresse. Lassen Sie sie weg; Links haben ihre eigenen Stellen.',
  'url-not-https':
    '{{what}}: Das ist keine Webadresse, die mit https:// beginnt. Schreiben Sie sie ganz, etwa https://www.ihre-firma.example/angebot.',
  'url-hidden-parts': '{{what}}: In der Adresse steht ein Benutzer, ein Passwort oder ein Port. Nehmen Sie sie ohne.',
  'url-host':
    '{{what}}: Dieser Host ist nicht zu gebrauchen. Nehmen Sie einen, der in Ihrem Markenprofil nachgewiesen ist.',
  'url-host-disguised':
    '{{what}}: Den Host {{host}} liest man als einen anderen: Er mischt Schriften, oder seine Buchstaben sehen nur lateinisch aus. Verlinken Sie einen Ihrer Hosts, von dem jeder Name in einer Schrift steht.',
  'url-host-unknown':
    '{{what}}: {{host}} gehört nicht zu Ihren nachgewiesenen Hosts ({{hosts}}). Verlinken Sie einen davon, oder weisen Sie im Markenprofil nach, dass dieser Ihrer ist.',
  'url-not-own': '{{what}}: Diese Adresse führt nicht zu dieser Installation.',
  'colour-form': '{{what}}: Das ist keine Farbe wie #0b5cad. Schreiben Sie sechs hexadezimale Ziffern, klein.',
  'email-form': '{{what}}: Das ist keine E-Mail-Adresse. Schreiben Sie sie als name@firma.example.',
  'phone-form': '{{what}}: Das ist keine internationale Telefonnummer. Schreiben Sie sie als +4930123456.',
  'slot-door': '{{what}}: Das ist ein Textfeld der Kampagne. Füllen Sie es dort.',
  'slot-unknown': '{{what}}: Dieses Textfeld hat die Kampagne nicht. Lassen Sie es weg.',
  'slot-empty': '{{what}}: Das darf nicht leer sein. Schreiben Sie etwas, oder behalten Sie den Vorschlag.',
  'slot-lines': '{{what}}: Das sind {{lines}} Zeilen; {{maxLines}} passen hinein. Kürzen Sie es.',
  'slot-run-lines': '{{what}}: In einem Stück davon ist ein Zeilenumbruch. Machen Sie zwei Absätze daraus.',
  'slot-kind': '{{what}}: Hier geht nur die andere Form, Liste oder Absätze. Wechseln Sie sie.',
  'slot-styled': '{{what}}: Hier geht nur einfacher Text. Nehmen Sie Fettes und Kursives heraus.',
  'slot-link': '{{what}}: Hier gehen keine Links. Nehmen Sie den Link heraus.',

  'text-does-not-fit':
    '{{what}}: Der Text passt auch in der kleinsten Schrift ({{minSize}}) nicht an seine Stelle. Kürzen Sie ihn, oder nehmen Sie kürzere Wörter.',
  'text-character': '{{what}}: Das Zeichen „{{character}}“ lässt sich hier nicht zeigen. Lassen Sie es weg.',
  'text-script':
    '{{what}}: „{{character}}“ lässt sich hier nicht richtig zeigen. Schreiben Sie in lateinischen, griechischen, kyrillischen, arabischen oder hebräischen Buchstaben.',
  'link-unusable':
    '{{what}}: Dieser Link fehlt oder ist keine Adresse, die mit https:// beginnt. Geben Sie eine ganze an, etwa https://www.ihre-firma.example/angebot.',

  'launch.step-unknown': 'In einem Schritt „{{step}}“ tut die Kampagne nichts. Lassen Sie ihn weg.',
  'launch.shift-locked': 'Wann der Schritt „{{step}}“ kommt, entscheidet der Hersteller. Lassen Sie es, wie es ist.',
  'launch.skip-locked': 'Ob der Schritt „{{step}}“ kommt, entscheidet der Hersteller. Lassen Sie es, wie es ist.',
  'launch.all-skipped': 'Es würde nichts gesendet. Lassen Sie mindestens eine E-Mail darin.',

  'lead-rule.clicks-none': 'Diese Kampagne macht aus Klicks keine Leads: Lassen Sie es weg.',
  'lead-rule.clicks-fewer': 'Der Hersteller verlangt {{count}} Klicks: Verlangen Sie {{count}} oder mehr.',
  'lead-rule.link-unknown': 'Es zählen nur Klicks auf bestimmte Links. Wählen Sie aus: {{choice}}.',
  'lead-rule.window-longer':
    'Der Hersteller zählt Klicks innerhalb von {{days}} Tagen: Nehmen Sie {{days}} oder weniger.',
  'lead-rule.patience-longer': 'Der Hersteller wartet {{hours}} Stunden: Nehmen Sie {{hours}} oder weniger.',
  'lead-rule.order': 'Eskalieren Sie später, als Sie erinnern, oder lassen Sie eines von beiden weg.',

  'logo-small':
    'Das Logo hat {{width}} × {{height}} Pixel und wirkt deshalb unscharf. Laden Sie ein SVG hoch, oder ein PNG von mindestens 600 Pixeln.',
  'logo-background':
    'Das Logo hat keinen durchsichtigen Hintergrund. Laden Sie ein SVG oder PNG mit einem solchen hoch; ein JPEG kann keinen haben.',
  'logo-faint-on-light':
    'Auf Weiß ist das Logo kaum zu sehen; dort steht eine dunkle, einfarbige Fassung. Laden Sie Ihr Logo für helle Hintergründe hoch, wenn Sie eines haben.',
  'logo-faint-on-dark':
    'Auf Dunkel ist das Logo kaum zu sehen; dort steht eine weiße, einfarbige Fassung. Sie müssen nichts tun.',

  'field.missing': 'Das fehlt. Füllen Sie es aus.',
  'field.too-short': 'Das ist zu kurz: Schreiben Sie mindestens {{limit}} Zeichen.',
  'field.too-long': 'Das ist zu lang: {{limit}} Zeichen passen hinein. Kürzen Sie es.',
  'field.too-few': 'Das sind zu wenige: Geben Sie mindestens {{limit}} an.',
  'field.too-many': 'Das sind zu viele: {{limit}} sind möglich. Lassen Sie welche weg.',
  'field.too-low': 'Das ist zu wenig: Nehmen Sie {{limit}} oder mehr.',
  'field.too-high': 'Das ist zu viel: Nehmen Sie {{limit}} oder weniger.',
  'field.choice': 'Das steht nicht zur Wahl. Nehmen Sie eines davon: {{choice}}.',
  'field.email': 'Das ist keine E-Mail-Adresse. Schreiben Sie sie als name@firma.example.',
  'field.format': 'Das hat nicht die Form, die hier gebraucht wird ({{format}}). Schreiben Sie es in dieser.',
  'field.kind': 'Das ist hier nicht zu gebrauchen. Geben Sie eine andere Art von Wert an.',
  'field.unknown': 'Das kennt man hier nicht: {{keys}}. Lassen Sie es weg.',

  missing: 'Füllen Sie das aus.',
  'too-long': 'Das ist zu lang. Kürzen Sie es.',
  'characters-unsafe': 'Nehmen Sie Zeilenumbrüche und unsichtbare Zeichen heraus.',
  'letters-mixed':
    'Das Wort „{{word}}“ hat Buchstaben, die nur gleich aussehen. Schreiben Sie es auf einer Tastatur; lateinische, griechische und kyrillische Buchstaben kommen nicht in ein Wort.',
  'address-in-name': 'Schreiben Sie einen Namen, ohne E-Mail-Adresse.',
  'country-unknown': 'Nehmen Sie ein Länderkürzel aus zwei Buchstaben, etwa „DE“.',
  'time-zone-unknown': 'Nehmen Sie den Namen einer Zeitzone, etwa „Europe/Berlin“.',
  'language-unknown': 'Nehmen Sie ein Sprachkürzel, etwa „de“.',
  'locale-unknown': 'Nehmen Sie ein Sprachkürzel, etwa „de“.',
  'website-invalid': 'Schreiben Sie eine Adresse wie https://www.example.com.',
  'email-invalid': 'Schreiben Sie eine E-Mail-Adresse wie ada@example.com.',
  'colour-invalid': 'Schreiben Sie eine Farbe als #rrggbb.',
} as const;
