/**
 * Refusals by their code, of those whose sentence always says the same, but for what stands by a name of its own in the refusal's `details`; what
 * names a file, a number or a person only in the sentence stays in the API's words.
 * `not-found` is of every kind of thing.
 */
export const GERMAN_PROBLEMS = {
  network:
    'Throughline ist nicht zu erreichen. Es wurde nichts geändert; prüfen Sie die Verbindung und versuchen Sie es noch einmal.',
  'network.unanswered':
    'Throughline ist nicht zu erreichen. Was Sie wollten, ist vielleicht trotzdem geschehen: Sehen Sie nach, sobald die Verbindung wieder da ist, bevor Sie es noch einmal versuchen.',
  'not-found': 'Das gibt es hier nicht. Vielleicht wurde es entfernt, oder es gehört einer anderen Organisation.',
  'internal.error': 'Bei uns ist etwas schiefgegangen. Versuchen Sie es gleich noch einmal.',
  'job.unavailable':
    'Kein Prozess hat rechtzeitig geantwortet. Es wurde nichts geändert; versuchen Sie es in einer Minute noch einmal.',
  'request.invalid': 'Etwas davon ist so nicht zu gebrauchen.',
  'request.too-many': 'Zu viele Anfragen. Warten Sie eine Minute.',
  'request.too-large': 'Das ist mehr als 1 MB. Senden Sie weniger auf einmal.',
  'upload.too-large': 'Die Datei ist größer, als hier angenommen wird.',
  'session.missing': 'Melden Sie sich zuerst an.',
  'credentials.wrong':
    'E-Mail-Adresse oder Passwort stimmt nicht. Versuchen Sie es noch einmal, oder fordern Sie ein neues Passwort an.',
  'credentials.too-many':
    'Zu viele falsche Passwörter für diese Adresse. Warten Sie 15 Minuten, oder fordern Sie ein neues Passwort an.',
  'invitation.gone':
    'Diese Einladung wurde schon benutzt, zurückgezogen oder ist abgelaufen. Bitten Sie um eine neue, wer Sie eingeladen hat.',
  'invitation.accepted': 'Diese Einladung ist angenommen: Es gibt nichts mehr zu senden oder zurückzuziehen.',
  'invitation.not-pending': 'Für diesen Partner ist keine Einladung offen: Er hat angenommen oder ist ausgeschieden.',
  'invitation.address-invited':
    'An diese E-Mail-Adresse ist schon eine Einladung offen. Senden Sie sie in der Liste der Partner noch einmal, oder ziehen Sie sie dort zuerst zurück.',
  'invitation.key-reused': 'Diese Einladung war schon eine andere. Laden Sie die Seite neu und senden Sie noch einmal.',
  'invitation.address-missing': 'Sagen Sie, an welche E-Mail-Adresse sie geht.',
  'consent.evidence-missing':
    'Sagen Sie, was es belegt: Für so viele auf einmal gilt diese Grundlage nur mit einem Nachweis.',
  'contacts.too-many':
    'Höchstens 100.000 Kontakte auf einmal. Wählen Sie eine Liste oder suchen Sie, und halten Sie es Teil für Teil fest.',
  'contacts.others-match':
    'Es passen jetzt andere Kontakte als eben. Es wurde nichts festgehalten; sehen Sie noch einmal nach.',
  'password-reset.gone': 'Dieser Link wurde schon benutzt oder ist abgelaufen. Fordern Sie einen neuen an.',
  'permission.missing': 'Ihre Rolle darf das nicht. Bitten Sie einen Inhaber Ihrer Organisation.',
  'team.last-owner': 'Das ist der einzige Inhaber. Machen Sie zuerst jemand anderen zum Inhaber.',
  'brand-profile.stale':
    'Jemand hat das Markenprofil inzwischen geändert. Laden Sie es neu und wiederholen Sie Ihre Änderung.',
  'logo.missing': 'Das Markenprofil hat noch kein Logo. Laden Sie eines hoch.',
  'verified-host.invalid':
    'Schreiben Sie einen Host von Ihnen, etwa www.example.com: ohne https://, Pfad, Port, Benutzer oder @.',
  'verified-host.public-suffix':
    'Unter {{host}} kann jeder einen Namen haben, deshalb gehört der Host niemandem allein. Nennen Sie den Host Ihrer Website.',
  'verified-host.mailbox-provider':
    '{{host}} gehört einem Anbieter von Postfächern, nicht Ihnen. Nennen Sie einen Host Ihrer eigenen Domain.',
  'verified-host.platform': '{{host}} gehört dieser Installation. Nennen Sie einen Host von Ihnen.',
  'verified-host.too-many': 'Mehr als 20 Hosts sind nicht möglich. Entfernen Sie einen, den Sie nicht mehr brauchen.',
  'sending-domain.not-found': 'Sie haben noch keine Absenderdomain gewählt. Wählen Sie zuerst eine.',
  'relay.not-found': 'Diesen Mailserver gibt es nicht mehr. Laden Sie die Seite neu.',
  'relay.port-refused':
    'E-Mails werden an Port 25, 465, 587 oder 2525 übergeben. Fragen Sie den Betreiber des Mailservers nach einem davon.',
  'relay.password-missing':
    'Zu einem Benutzer gehört ein Passwort, und ein anderer Host oder Benutzer braucht es noch einmal. Geben Sie beides an oder keines.',
  'relay.look-up-key-missing':
    'Zum Nachschlagen gehört der Schlüssel des Anbieters, und ein anderer Anbieter oder eine andere Region braucht ihn noch einmal. Geben Sie ihn an, oder schlagen Sie nirgends nach.',
  'look-up.key-unreadable':
    'Sein Schlüssel lässt sich mit dem SECRET_KEY dieser Installation nicht öffnen. Geben Sie ihn neu an.',
  'look-up.key-refused':
    'Er weist den Schlüssel ab. Geben Sie einen an, der Ereignisse lesen darf, und sehen Sie nach, ob das Konto diese Funktion hat.',
  'look-up.place-unknown':
    'Er kennt keine solche Domain oder keinen solchen Stream. Prüfen Sie den Namen und die Region.',
  'look-up.asked-too-often': 'Er wird zu oft gefragt und eine Weile in Ruhe gelassen.',
  'look-up.provider-down': 'Er kann gerade nicht antworten.',
  'look-up.question-refused': 'Er weist die Frage ab.',
  'look-up.answer-too-long': 'Er hat mehr geantwortet, als sich lesen lässt.',
  'look-up.answer-strange': 'Er hat etwas geantwortet, was seine Schnittstelle nicht antwortet.',
  'look-up.address-refused': 'Seine Adresse ist keine, die aufgerufen werden darf.',
  'look-up.name-unresolved': 'Sein Name ließ sich nicht auflösen.',
  'look-up.certificate-invalid': 'Sein Zertifikat ist nicht gültig.',
  'look-up.unreachable': 'Er war nicht zu erreichen.',
  'look-up.timed-out': 'Es kam nicht rechtzeitig eine ganze Antwort.',
  'look-up.too-many-redirects': 'Er leitet zu oft weiter.',
  'relay.too-many': 'Mehr als zehn Mailserver sind nicht möglich. Entfernen Sie einen, den Sie nicht mehr brauchen.',
  'activation.state':
    'Das ist in diesem Zustand der Aktivierung nicht mehr möglich. Laden Sie die Seite neu, um den jetzigen zu sehen.',
  'activation.already-sent':
    'Die erste Nachricht dieser Kampagne ist schon hinaus, deshalb lässt sich der Start nicht mehr zurücknehmen; sie läuft weiter. Anhalten oder beenden können Sie sie auf ihrer Seite.',
  'put-off.state':
    'Diese Aktivierung ist zu Ende; es kommt nichts mehr. Starten Sie die Kampagne neu, an dem Tag, der Ihnen passt.',
  'put-off.enrolling':
    'Die Personen der Liste werden gerade erst aufgenommen. Versuchen Sie es in einer Minute noch einmal; halten Sie an, wenn bis dahin nichts hinausgehen darf.',
  'put-off.stale':
    'Jemand hat diese Aktivierung inzwischen verschoben. Sehen Sie ihre Termine an und verschieben Sie noch einmal, wenn es noch nötig ist.',
  'campaign.ended': 'Der Hersteller hat diese Kampagne beendet.',
  'launch.key-reused': 'Dieser Start war schon ein anderer. Laden Sie die Seite neu und starten Sie noch einmal.',
  'launch.nobody-left':
    'Auf dieser Liste ist niemand übrig: Alle haben diese Kampagne schon von Ihnen bekommen oder dürfen nicht angeschrieben werden. Wählen Sie eine andere Liste oder eine andere Kampagne.',
  'launch.start-past': 'Der Beginn liegt in der Vergangenheit. Wählen Sie eine spätere Zeit, oder beginnen Sie jetzt.',
  'launch.start-far': 'Der Beginn liegt mehr als ein Jahr in der Zukunft.',
  'contact.exists': 'Einen Kontakt mit dieser Adresse gibt es schon. Ändern Sie jenen.',
  'contact-list.in-use':
    'Eine Kampagne wurde an diese Liste gestartet, deshalb bleibt sie. Legen Sie für die nächste eine andere an.',
  'import.too-large':
    'Eine Liste darf höchstens 50 MB haben. Teilen Sie sie auf mehrere Dateien auf; jede ergänzt dieselbe Liste.',
  'import.file-empty': 'In der Datei steht nichts. Wählen Sie die Liste, die Sie meinen.',
  'import.no-rows':
    'In der Datei steht nur eine Überschrift und niemand darunter. Wählen Sie die Liste, die Sie meinen.',
  'import.email-column-missing':
    'Es wurde keine Spalte mit E-Mail-Adressen gefunden. Nennen Sie sie „email“, oder sagen Sie, welche es ist.',
  'email-missing': 'In dieser Zeile steht keine E-Mail-Adresse.',
  'email-invalid': 'Das ist keine E-Mail-Adresse, an die man senden kann. Berichtigen Sie sie.',
  'email-not-ascii': 'Vor dem „@“ stehen Buchstaben, die die meisten Mailserver nicht annehmen.',
  'email-too-long': 'Die Adresse ist länger, als Mailserver erlauben (64 Zeichen vor dem „@“, 254 insgesamt).',
  'provider-source.too-many': 'Es sind schon 20. Entfernen Sie eines, das nichts mehr meldet.',
  'import.opt-outs-too-large':
    'Eine Liste von Menschen, die sich abgemeldet haben, darf höchstens 10 MB haben. Teilen Sie sie auf mehrere Dateien auf; jede ergänzt die anderen.',
  'disclosure.nobody': 'Diese Person wurde aus Ihren Kontakten entfernt; es gibt nichts zu teilen.',
  'disclosure.exists': 'Dieser Lead ist schon geteilt. Widerrufen Sie das zuerst, um etwas anderes zu teilen.',
  'webhook-endpoint.url-refused':
    'Diese Adresse wird nicht aufgerufen. Geben Sie eine an, die aus dem Internet über https zu erreichen ist: kein anderer Port als 443, kein Benutzer, kein Name oder Rechner des eigenen Netzes.',
  'webhook-endpoint.type-unknown': 'Eines dieser Ereignisse gibt es für Ihre Seite nicht. Wählen Sie aus der Liste.',
  'webhook-endpoint.too-many':
    'Eine Organisation hat höchstens 50 Endpunkte. Entfernen Sie einen, den Sie nicht mehr brauchen.',
  'partner-group.name-taken': 'Eine Partnergruppe dieses Namens gibt es schon. Wählen Sie einen anderen.',
  'calendar.stale':
    'Jemand hat die Ruhetage inzwischen geändert. Laden Sie sie neu, nehmen Sie die anderen herein und speichern Sie.',
  'call-out.timed-out': 'Es kam rechtzeitig keine ganze Antwort.',
  'call-out.address-refused': 'Sie führt zu einer Adresse, die nicht öffentlich ist.',
  'call-out.name-unresolved': 'Ihr Name ließ sich nicht auflösen.',
  'call-out.certificate-invalid': 'Ihr Zertifikat ist nicht gültig.',
  'call-out.unreachable': 'Sie war nicht zu erreichen.',
  'call-out.too-many-redirects': 'Sie leitet zu oft weiter.',
  'draft.stale':
    'Jemand hat inzwischen ein anderes Paket gespeichert. Öffnen Sie die neueste Version; was Sie im Editor geschrieben haben, bleibt in Ihrem Browser und wird Ihnen dort angeboten.',
  'approval.own-submission':
    'Sie haben diese Version eingereicht, deshalb gibt sie jemand anderes frei: Bitten Sie eine Person mit Freigaberecht.',
  'password.too-short': 'Das Passwort ist zu kurz. Ein paar Wörter ergeben ein gutes.',
  'password.too-long': 'Das Passwort hat mehr als 200 Zeichen. Nehmen Sie ein kürzeres.',
  'permission.wrong-side': 'Das tun nur Leute der anderen Seite; wechseln Sie zu jener Organisation.',
  'session.csrf': 'Ihre Anmeldung ist nicht mehr die jetzige. Laden Sie die Seite neu.',
} as const;

/** What a brand profile lacks, by the field. */
export const GERMAN_MISSING = {
  name: 'Ihr Name: Von ihm kommen die E-Mails.',
  legalName: 'Ihr rechtlicher Name: Werbliche E-Mails müssen sagen, wer für sie einsteht.',
  postalAddress: 'Eine Postanschrift: Werbliche E-Mails müssen eine tragen.',
  countryCode: 'Ihr Land.',
  timeZone: 'Ihre Zeitzone: Sie sagt, wann Ihr Tag beginnt.',
  website: 'Ihre Website: Dorthin führen die Links einer Kampagne.',
  'website.host':
    'Der Nachweis, dass Ihre Website Ihre ist: Links führen nur zu nachgewiesenen Hosts. Das Markenprofil zeigt den DNS-Eintrag, der es nachweist; auch eine Person mit einem Postfach bei dieser Domain, die eine Einladung in Ihr Team annimmt, weist es nach.',
  'contact.name': 'Der Name einer Person, die Interessenten fragen können.',
  'contact.email': 'Eine E-Mail-Adresse für Antworten.',
  logo: 'Ein Logo.',
  'colours.onPrimary':
    'Text auf Ihrer Hauptfarbe ist schwer zu lesen: Der Kontrast beträgt {{ratio}} : 1, nötig sind {{needed}} : 1. Nehmen Sie {{suggestion}}.',
  'colours.onSecondary':
    'Text auf Ihrer zweiten Farbe ist schwer zu lesen: Der Kontrast beträgt {{ratio}} : 1, nötig sind {{needed}} : 1. Nehmen Sie {{suggestion}}.',
  'colours.link':
    'Ein Link auf Weiß ist schwer zu lesen: Der Kontrast beträgt {{ratio}} : 1, nötig sind {{needed}} : 1. Nehmen Sie {{suggestion}}.',
} as const;
