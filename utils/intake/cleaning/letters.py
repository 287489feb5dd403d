"""The frame that newsletters have around their text: how to see it in a browser, why it was sent, how to end it."""

from utils.intake.cleaning.lines import furniture

SIGNS = tuple(  # of which one stands in every such line, in small letters
    "browser,mail,online,version,letter,message,navega,naviga,correo,boletín,sent to,friend,address book,subscri,"
    "opt out,preferences,settings,forward,désabonner,inscri,suscri,darse,abmelden,abbestellen,nachricht".split(",")
)
LINES = (
    furniture(
        "newsletter frame",
        r"(?:[^.!?]{2,60}[?.] )?(?:click here to )?(?:view|read|open|see) (?:(?:this|the|it|our) ?)?"
        r"(?:e-?mail|newsletter|message|letter)? ?(?:in|on) (?:your|a|the|my) ?(?:web )?browser\W{0,3}"
        r"|(?:view|open|read)(?: it| this)? (?:in (?:web )?browser|online)\W{0,3}|(?:web|online) version\W{0,3}",
        takes=("View in browser", "Email not displaying correctly? View it in your browser.", "View online |"),
        leaves=("View it in the light of the vote.", "Read it in your browser, he said, and they did."),
    ),
    furniture(
        "newsletter frame",
        r"(?:(?:e-?mail|message|newsletter) not displaying|(?:trouble|problems|difficulty) (?:viewing|reading|seeing) "
        r"(?:this|the) (?:e-?mail|message|newsletter|letter))\b[^.!?]{0,40}(?:\?|[.:,]? (?:click|view|try|open)\b)"
        r"[^.!?]{0,60}[.!]?",
        takes=("Trouble viewing this email? Click here to read it online.", "Email not displaying correctly?"),
        leaves=("Trouble reading this letter was the least of it.",),
    ),
    furniture(
        "newsletter frame",
        r"(?:im browser (?:ansehen|anzeigen|öffnen|lesen)|(?:online-version|webversion)(?: ansehen| anzeigen)?|"
        r"(?:voir|lire|afficher|consulter) (?:la version en ligne|(?:cet e-?mail |ce message )?dans (?:votre|le) "
        r"navigateur)"
        r"|ver (?:este (?:correo|mensaje|boletín) )?en (?:el|su|tu) navegador)\W{0,3}",
        takes=("Im Browser ansehen", "Voir la version en ligne", "Ver en el navegador"),
        leaves=("Im Browser ansehen konnte es niemand.", "Ver en el navegador no es leer."),
    ),
    furniture(
        "newsletter frame",
        r"you(?:['’]re| are) (?:receiving|getting|subscribed to) (?:this|our|these|the) [^.!?]{0,40}?"
        r"(?:e-?mails?|newsletters?|messages?|letters?)\b(?:[^.!?]|\.(?=\w)){0,160}\.?"
        r"|you received this (?:e-?mail|newsletter|message)\b(?:[^.!?]|\.(?=\w)){0,160}\.?",
        takes=(
            "You are receiving this email because you signed up for the Harbour Briefing.",
            "You’re receiving this newsletter because you subscribed at bay.example.",
        ),
        leaves=("You are receiving this prize for a life at sea.", "You are getting this letter late. So was I."),
    ),
    furniture(
        "newsletter frame",
        r"(?:this (?:e-?mail|message|newsletter) was sent|sent) to:? \S{1,60}@\S{1,60}(?: by [^.!?]{2,80})?\.?",
        takes=("This email was sent to reader@bay.example", "Sent to: reader@bay.example by The Lantern"),
        leaves=("This email was sent to the council by mistake.",),
    ),
    furniture(
        "newsletter frame",
        r"(?:(?:don['’]t|no longer|do not) (?:want|wish)[^.!?]{0,60}[?.] |to )?"
        r"(?:(?:you can )?(?:unsubscribe|opt out)|(?:manage|update|change) your (?:e-?mail |newsletter |subscription )?"
        r"(?:preferences|settings|subscriptions?))"
        r"(?:\W{1,4}(?:or|and|from|here|now|at any time|this|our|the|all|list|click|"
        r"future|e-?mails?|mailings?|newsletters?|unsubscribe|opt out|manage|update|change|your|preferences|settings|"
        r"subscriptions?|privacy|policy|terms|of|use|service|contact|us|help|advertise)){0,14}\W{0,3}",
        takes=(
            "Unsubscribe | Manage your preferences | Privacy Policy",
            "Don't want these emails? Unsubscribe here.",
            "Update your email preferences or unsubscribe from this list.",
        ),
        leaves=("Unsubscribe, he told them, and they did.", "Manage your fears or unsubscribe from the world."),
    ),
    furniture(
        "newsletter frame",
        r"(?:was this (?:e-?mail|newsletter) forwarded to you|did (?:a friend|someone) forward (?:you )?this)\b"
        r"[^.!?]{0,60}\?[^.!?]{0,80}[.!]?|(?:forward (?:this )?(?:e-?mail )?|send )(?:this )?to a friend\W{0,3}"
        r"|(?:please )?add us to your address book\W{0,3}",
        takes=("Was this email forwarded to you? Sign up here.", "Forward to a friend", "Add us to your address book"),
        leaves=("Was this email forwarded to you by the mayor?! Nobody knows.", "Send him to a friend"),
    ),
    furniture(
        "newsletter frame",
        r"(?:sie erhalten (?:diese[nr]?|unsere[nr]?) (?:newsletter|e-?mail|nachricht)|"
        r"vous recevez (?:cet? |cette )?(?:e-?mail|newsletter|lettre|message|courriel)|"
        r"(?:usted )?recibes? (?:este|esta) (?:correo|boletín|mensaje|newsletter))\b[^.!?]{0,160}\.?",
        takes=(
            "Sie erhalten diesen Newsletter, weil Sie sich angemeldet haben.",
            "Vous recevez cet e-mail car vous êtes inscrit.",
            "Recibe este correo porque se suscribió al boletín.",
        ),
        leaves=("Sie erhalten diesen Preis.", "Vous recevez cette médaille.", "Recibe este premio."),
    ),
    furniture(
        "newsletter frame",
        r"(?:(?:den |diesen )?newsletter (?:abbestellen|abmelden)|(?:vom newsletter )?abmelden|abbestellen|"
        r"se désabonner|se désinscrire|désinscription|darse de baja|cancelar (?:la )?suscripción|cancelar inscrição)"
        r"(?: hier| ici| aquí)?\W{0,3}",
        takes=("Newsletter abbestellen", "Se désabonner", "Darse de baja"),
        leaves=("Abbestellen will es hier niemand.", "Se désabonner du port"),
    ),
)
