/** Refusals by their code, as in `de.problems`, of those that nobody meets before a screen that is no home. */
export const MORE_GERMAN_PROBLEMS = {
  'file.not-found':
    'Diese Datei ist nicht da. Laden Sie die Seite neu; fehlt sie dann noch, wurde sie entfernt, oder die Prozesse dieser Installation teilen sich STORAGE_FOLDER nicht.',
  'blob.not-found':
    'Diese Datei liegt nicht mehr im Speicher. Fragen Sie den Betreiber dieser Installation, ob STORAGE_FOLDER verschoben wurde oder nicht von allen Prozessen geteilt wird.',
  'brand.unusable': 'Etwas, was in die Kampagne kommen soll, darf so nicht hinein.',
  'brand.incomplete': 'Im Markenprofil fehlt noch etwas.',
  'brand.forbidden': 'Das Markenprofil ändern Inhaber und Marketing des Partners. Bitten Sie jemanden davon.',
  'brand-profile.invalid': 'Im Markenprofil stimmt etwas nicht.',
  'contact.invalid': 'An diesem Kontakt stimmt etwas nicht.',
  'contact.email-missing': 'Schreiben Sie eine E-Mail-Adresse.',
  'contact.email-invalid': 'Schreiben Sie eine Adresse, an die man senden kann, etwa ada@example.com.',
  'contact.email-not-ascii':
    'Die meisten Mailserver nehmen vor dem „@“ nur Buchstaben ohne Umlaute und Akzente an. Nehmen Sie eine andere Adresse.',
  'contact.email-too-long': 'Nehmen Sie eine Adresse mit höchstens 64 Zeichen vor dem „@“ und 254 insgesamt.',
  'contacts.forbidden':
    'Kontakte gehören dem Partner, und nur Inhaber und Marketing ändern sie. Bitten Sie jemanden davon.',
  'consent.invalid': 'Nennen Sie das geltende Recht mit einem Kürzel wie „CA“ oder „CA-QC“.',
  'contact-list.empty': 'Diese Liste hat keine Kontakte. Importieren Sie welche, oder wählen Sie eine andere.',
  'contact-list.name-taken': 'Eine Liste dieses Namens gibt es schon. Wählen Sie einen anderen.',
  'contact-list.name-invalid': 'Eine Liste braucht einen Namen von höchstens 200 Zeichen, in einer Zeile.',
  'contact-import.finished': 'Der Import ist schon zu Ende; es gibt nichts mehr abzubrechen.',
  'import.file-missing': 'Wählen Sie die Datei mit der Liste.',
  'import.not-csv': 'Das ist keine CSV-Datei. Speichern Sie die Liste als „CSV UTF-8“ und laden Sie diese hoch.',
  'import.quote-not-closed':
    'In Zeile {{line}} fehlt ein Anführungszeichen, das eine Zelle schließt. Ergänzen Sie es und laden Sie die Datei noch einmal hoch; importiert wurde nichts.',
  'import.row-too-long':
    'Zeile {{line}} ist länger, als die Zeile einer Liste je ist. Prüfen Sie, ob das die Liste ist, die Sie meinen, mit einer Zeile für jeden.',
  'import.too-many-rows':
    'Die Liste hat mehr Zeilen, als in eine passen. Teilen Sie sie auf mehrere Dateien auf; jede ergänzt dieselbe Liste.',
  'import.too-many-columns':
    'Die Liste hat mehr Spalten, als gelesen werden. Lassen Sie weg, was nicht gebraucht wird.',
  'duplicate-in-file':
    'Dieselbe Adresse steht in einer früheren Zeile, und die wurde importiert. Sie müssen nichts tun.',
  'characters-removed': 'Aus dieser Zelle wurden Zeilenumbrüche oder unsichtbare Zeichen herausgenommen.',
  'characters-unsafe': 'In dieser Zelle stehen Zeichen, die sich nicht sicher zeigen lassen.',
  'address-in-name': 'Wo ein Name stehen sollte, steht eine E-Mail-Adresse; die Zelle wurde weggelassen.',
  'too-long': 'Die Zelle hat mehr als 200 Zeichen und wurde weggelassen.',
  'country-unknown':
    'Ein solches Land ist nicht bekannt; die Zelle wurde weggelassen. Nehmen Sie ein Kürzel aus zwei Buchstaben, etwa „DE“.',
  'time-zone-unknown':
    'Eine solche Zeitzone ist nicht bekannt; die Zelle wurde weggelassen. Nehmen Sie einen Namen wie „Europe/Berlin“.',
  'language-unknown':
    'Eine solche Sprache ist nicht bekannt; die Zelle wurde weggelassen. Nehmen Sie ein Kürzel wie „de“.',
  'import.key-reused': 'Dieser Import war schon ein anderer. Laden Sie die Seite neu und beginnen Sie noch einmal.',
  'suppression.not-yours': 'Das haben nicht Ihre Leute entschieden, deshalb nimmt es nur die Person selbst zurück.',
  'suppression.scope-forbidden': 'Sie können eine Adresse nur für Ihre eigenen E-Mails sperren.',
  'logo.file-missing': 'Wählen Sie die Datei mit dem Logo.',
  'logo.empty': 'Die Datei ist leer. Wählen Sie eine andere.',
  'logo.too-large': 'Die Datei ist größer als 5 MB. Speichern Sie sie kleiner; 1000 Pixel genügen.',
  'logo.type': 'Die Datei ist kein Bild als PNG, JPEG, WebP oder SVG. Exportieren Sie Ihr Logo als SVG oder PNG.',
  'logo.broken': 'Das Bild lässt sich nicht lesen: Die Datei ist beschädigt. Exportieren Sie es noch einmal.',
  'logo.animated':
    'Das Bild bewegt sich, und ein Logo tut das nicht. Exportieren Sie ein einzelnes Bild davon als PNG.',
  'logo.too-many-pixels': 'Das Bild hat zu viele Pixel. Speichern Sie es kleiner; 1000 Pixel je Seite genügen.',
  'logo.blank': 'Das Bild ist leer oder hat nur eine Farbe. Wählen Sie die Datei, in der das Logo ist.',
  'logo.svg-too-large':
    'Das SVG ist größer als 512 KB. Speichern Sie es ohne eingebettete Bilder, oder nehmen Sie ein PNG.',
  'logo.svg-active':
    'In dem SVG steht mehr als Formen. Exportieren Sie es als einfache Formen („SVG Tiny“ oder „optimiertes SVG“), oder nehmen Sie ein PNG.',
  'logo.svg-picture':
    'Ein Bild in dem SVG ist nicht zu gebrauchen. Betten Sie es als PNG oder JPEG ein, oder nehmen Sie ein PNG.',
  'logo.svg-too-heavy':
    'Das SVG lässt sich nicht zeichnen, oder es dauert zu lange. Vereinfachen Sie es, oder nehmen Sie ein PNG.',
  'organisation.country-unknown':
    'Diese Abkürzung hat kein Land. Nehmen Sie zwei große Buchstaben (ISO 3166), etwa „DE“.',
  'frequency-cap.above':
    'Diese Installation lässt niemanden öfter als {{most}}-mal in {{in}} Tagen anschreiben, das ist {{anyway}}-mal in {{days}}. Schreiben Sie {{anyway}} oder weniger.',
  'sending-domain.invalid': 'Schreiben Sie eine Domain von Ihnen, etwa news.example.com, ohne https:// oder @.',
  'sending-domain.freemail':
    'Diese Domain gehört einem Anbieter von Postfächern, nicht Ihnen: Empfänger weisen solche E-Mails ab. Nennen Sie eine, deren DNS Sie ändern können.',
  'sending-domain.platform': 'Diese Domain gehört dieser Installation. Nennen Sie eine von Ihnen.',
  'sending-domain.from-invalid':
    'Schreiben Sie, was vor dem @ steht: Buchstaben, Ziffern, Punkte und Bindestriche, etwa news. Namen wie postmaster und no-reply gehen nicht.',
  'sending-identity.blocked': 'Ihre E-Mails gehen gerade nicht hinaus. Warum, steht unter „Versand“.',
  'sending.operator-only':
    'Nach Beschwerden hebt nur der Betreiber dieser Installation die Sperre auf. Fragen Sie ihn.',
  'sending.not-stopped': 'Ihre E-Mails sind nicht wegen Rückläufern angehalten; es gibt nichts aufzuheben.',
  'sending.too-early': 'Sehen Sie zuerst die Liste durch: Eine Stunde nach dem Halt können Sie weitermachen.',
  'campaign.outside-window': 'Diese Kampagne kann man vom {{opensOn}} bis zum {{closesOn}} starten.',
  'campaign.name-taken':
    'Eine Kampagne dieses Namens haben Sie schon. Laden Sie das Paket als deren nächste Version hoch, oder ändern Sie den Namen in campaign.yaml.',
  'campaign.name-differs':
    'Das Paket heißt anders als die Kampagne. Setzen Sie den Namen in campaign.yaml, oder laden Sie es als neue Kampagne hoch.',
  'campaign.not-published': 'Keine Version dieser Kampagne ist veröffentlicht; es gibt nichts zu beenden.',
  'campaign-version.in-review': 'Die Version wird geprüft: Geben Sie sie zurück, und laden Sie dann noch einmal hoch.',
  'campaign-version.published':
    'Was veröffentlicht ist, behält seine Hinweise: Prüfen Sie die Links der nächsten Version.',
  'campaign-version.comments-closed':
    'Was veröffentlicht ist, wird nicht mehr kommentiert: Kommentieren Sie die nächste Version.',
  'review-comment.about-unknown':
    'Diesen Teil hat die Version nicht. Wählen Sie einen, den sie hat, oder kommentieren Sie die Version als Ganzes.',
  'campaign-version.not-in-review': 'Das geht nur mit einer Version, die geprüft wird: Reichen Sie sie zuerst ein.',
  'campaign-version.approved': 'Sie ist schon freigegeben: Veröffentlichen Sie sie.',
  'campaign-version.not-approved': 'Sie ist noch nicht freigegeben: Zuerst sieht jemand mit Freigaberecht sie an.',
  'campaign-version.wrong-state':
    'Das ist in diesem Zustand der Version nicht möglich. Laden Sie die Seite neu, um den jetzigen zu sehen.',
  'availability.window-unusable':
    'Der Zeitraum endet, bevor er beginnt, oder ist schon vorbei: Wählen Sie einen späteren letzten Tag.',
  'package.missing': 'Wählen Sie das Paket, ein Zip.',
  'package.unusable': 'Daraus wird so kein Paket. Berichtigen Sie, was hier steht, und versuchen Sie es noch einmal.',
  'artwork.unusable': 'In diesen Dateien sind Fehler. Berichtigen Sie, was hier steht, um sie zu sehen.',
  'document.unusable': 'Mit diesen Angaben entsteht kein Dokument.',
  'social.unusable': 'Mit diesen Angaben entsteht kein Bild.',
  'preview.unrenderable': 'In diesen Farben lässt sich das nicht zeigen.',
  'dry-run.time-zone': 'Das ist keine Zeitzone. Schreiben Sie sie als Europe/Berlin.',
  'insight.window': 'Der Zeitraum endet, bevor er beginnt, oder ist länger als 400 Tage. Wählen Sie einen anderen.',
  'invitation.too-many':
    'An diese Adresse gingen in 24 Stunden schon so viele Einladungen, wie möglich sind. Senden Sie die nächste morgen, oder fragen Sie nach, ob die Adresse stimmt.',
  'launch.choices': 'Etwas davon überlässt diese Kampagne Ihnen nicht, oder es bliebe nichts zu senden.',
  'lead-rule.looser': 'Die Regel des Herstellers lässt sich nur strenger machen.',
  'lead.state': 'Dieser Lead ist inzwischen anderswo. Laden Sie die Seite neu, um zu sehen, wo.',
  'lead.not-taken-up':
    'Dran bleiben kann nur, wer einen Lead übernommen hat. Setzen Sie ihn zuerst auf den Stand, den er hat.',
  'lead.nobody': 'Diese Person wurde aus Ihren Kontakten entfernt; an den Lead erinnert Sie niemand mehr.',
  'organisation.forbidden': 'Sie können nur Partner hinzufügen.',
  'programme.missing':
    'Ihre Organisation hat noch kein Partnerprogramm. Bitten Sie den Betreiber dieser Installation, eines anzulegen.',
  'api-key.permission-unknown': 'Die Rolle dieses Schlüssels hat eines dieser Rechte nicht. Wählen Sie aus der Liste.',
  'role.unknown': 'Diese Rolle gibt es in diesem Team nicht. Wählen Sie aus der Liste.',
  'test-mail.person-only': 'Ein Test geht an die Person, die ihn will. Melden Sie sich als Person an.',
  'webhook-delivery.pending':
    'Dieses Ereignis ist schon zu diesem Endpunkt unterwegs. Wann es noch einmal versucht wird, steht im Protokoll.',
  'webhook-endpoint.disabled': 'Dieser Endpunkt ist abgeschaltet. Schalten Sie ihn zuerst ein.',
  'webhook-endpoint.forbidden':
    'Nur ein Inhaber entscheidet, wohin Ereignisse gehen. Bitten Sie einen Inhaber Ihrer Organisation.',
  'webhook-replay.too-many': 'In diesem Zeitraum liegen mehr als 10.000 Ereignisse. Wählen Sie einen kürzeren.',
} as const;
