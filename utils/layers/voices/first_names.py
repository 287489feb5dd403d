"""First names that tell he from she; those borne by both, and those that are surnames, places
or words as often (Alex, Clinton, Florence, Rose), are in neither list, and many of them in a third."""

MEN = frozenset(
    """
    aaron abdul abraham adam adrian ahmed al alan albert alberto alec alejandro alexander alfred ali allan
    allen alvin amir anders andreas andres andrew andy angelo anthony anton antonio arnold arthur arturo
    barack barry bart ben benjamin bernard bernie bertrand bill billy bob bobby boris brad bradley bram
    brandon brendan brett brian bruce bryan byron calvin carl carlos cesar charles chester christian
    christopher chuck clarence claude clifford clyde colin conrad craig curtis dale damian dan daniel darren
    darryl dave david dean dennis derek dick dirk dmitri dominic don donald doug douglas duncan dunstan dwight
    earl eddie edgar edmund eduardo edward edwin eli elias elliott elmer emanuel emil enrique eric erik ernest
    ernesto ethan eugene evan felipe felix ferdinand fernando fidel francisco franco frank fred frederick
    fritz gabriel garrett gary gavin geoffrey george gerald gerard gilbert giovanni glenn gordon graham greg
    gregory gunther gus gustav guy hank hans harold harrison harry harvey hassan hector henrik henry herbert
    herman horace hubert hugh hugo ian ibrahim igor ira isaac ivan ivo jack jacob jacques jake jakob james jan
    jared jason javier jay jeff jeffrey jeremy jerome jerry jim jimmy joachim joe joel johann johannes john
    johnny jonas jonathan jorge jose josef joseph josh joshua juan juergen jules julian julio julius justin
    karl keith kenneth kevin klaus kurt kyle lamont lars lawrence leo leon leonard leonardo leroy lewis lloyd
    lorenzo louis luca lucas ludwig luigi luis luke malcolm manfred manuel marc marcel marco marcus mario mark
    markus martin marvin mathias matthew maurice max michael miguel mike milton mitch mitt mohamed mohammed
    moses muhammad nathan nathaniel ned neil nicholas nick nicolas nigel nikolai nils noah norman oliver omar
    oscar oskar otto owen pablo patrick paul pedro per perry peter phil philip phillip pierre rafael ralph
    ramon randall randolph randy raul ray raymond reinhard rex ricardo richard rick rob robert roberto rod
    rodney roger roland rolf roman ron ronald roy rudolph rupert russell samuel scott sean sebastian sergei
    sergio seth sheldon sidney simon stanley stefan stephen steve steven stewart stuart sven ted teodor
    terrence theodore thomas tim timothy tobias todd tom tomas tommy tony travis trevor troy tyler ulrich
    vaughn victor vincent vladimir walter wayne werner wesley wilfred wilhelm willard william willie winston
    wolfgang xavier yuri zachary""".split()
)
WOMEN = frozenset(
    """
    abigail ada adele agnes aisha alexandra alice alicia alison allison amanda amelia amy ana andrea angela
    angelina anita ann anna annabel anne annette annie astrid audrey barbara beatrice becky bernadette bernice
    beth bethany betsy betty beverly birgit bonnie brenda bridget brigitte britta camilla candace carla carly
    carmen carol carole caroline carolyn catherine cathy cecilia celia charlene cheryl chloe christina
    christine cindy claire clara claudia colleen connie constance cordelia cornelia cristina cynthia daisy
    danielle daphne debbie deborah debra deirdre denise diana diane dolores donna dora doreen doris dorothea
    dorothy edith edna eileen elaine eleanor elena elisabeth elise elizabeth ella ellen elsa elsie emilia
    emily emma erica erika esmeralda estelle esther ethel eva evelyn fatima felicia fiona frances francesca
    frieda gabriela genevieve geraldine gertrude gina gisela gladys gloria greta gretchen gwen hannah harriet
    heather hedda hedwig heidi helen helena helga henrietta hilary hilda hillary holly ida ilse imogen ines
    ingrid irene irma isabel isabella ivanka jacqueline jane janet janice jasmine jean jeanette jeanne
    jennifer jessica jill joan joanna joanne josephine joyce juanita judith judy julia juliana julie juliet
    karen karin karla kate katharina katherine kathleen kathryn kathy katie katrina kayla kellyanne kirsten
    krista kristen kristin kristina lara laura lauren leah lena lenora lillian lily linda lisa liz lois lola
    loretta lori lorraine louisa louise lucia lucille lucinda lucy luisa lydia lynn mabel madeleine magdalena
    maggie mandy marcia margaret margarita margot maria mariam marian marianne marie marilyn marina marion
    marjorie marlene marta martha mary matilda maude maureen maxine megan melania melanie melinda melissa
    mercedes meredith michele michelle mildred mina minnie miranda miriam moira molly monica muriel myra nadia
    nancy naomi natalie natasha nellie nicola nicole nina nora norma odile olga olivia pamela patricia patsy
    patty paula pauline peggy penelope petra phoebe phyllis pia polly priscilla rachel rebecca regina renee
    rhoda rhona rita roberta rosa rosalie rosalind rosemary roxanne runa ruth sabine sabrina sally samantha
    sandra sara sarah selena serena shannon sharon sheila shirley sigrid silvia simone sonia sophia sophie
    stacy stella stephanie sue susan susanna susanne suzanne svetlana sylvia tamara tammy tanya tara tatiana
    teresa thelma theresa tiffany tina tracy trudy ursula valerie vanessa vera verna veronica viola vivian
    wanda wendy wilhelmina wilma winifred yolanda yvette yvonne zoe""".split()
)
EITHER = frozenset(  # they tell that it is a name, and neither he nor she
    """
    abbie adlai adrien agustin aiden ainsley akira alain alba aleksandr alex alexei alexis alfonso alvaro alyssa
    amal amin amit anatoly andre angel anwar april armando arnaud ash ashley ashok aubrey august aurelio austin
    autumn avery baltasar barbra bashar bela benito benny bernardo bert beto beverley bijan billie blair blake
    blanca boaz bonny booker brent brock brooke brooks bruno cameron carey carlton carmela carolina cary casey
    cassandra chad chaim charlie charlotte chelsea cherie chip chloé chris chrissy christiane christoph clark
    claudio clay clayton cliff clint clinton cody colette connor corey cory courtney cyril dana danny dante darrell
    daryl deb deepak delcy demetrius denis desmond devin diego dilma dimitri diosdado dmitry dominique drew dustin
    dylan edmond efrain eliot elizabeta ellis elon elvin emanuele emmanuel enzo ernie errol esteban evo ezra farah
    faye federico fernanda floyd francine francis francois freddy fulgencio fyodor gail gal gareth garry gene geoff
    geraldo german gil ginny gonzalo graciela grant grover guillermo gustavo gwyneth hakeem hal hamid harlan harley
    hashim hayden henrique hernan hillel hiroshi howard huma hunter hussein igbert ignacio imran ingmar irina irving
    ivana ivanna jaime jair jamal jamie jasper jayne jeb jens jeremiah jesse jesus joao joaquin jocelyn jody joey
    jon jordan jorma joss josé joy jude julián justine kai kamala kareem karim kay keir kelly kelsey ken kenny kent
    kerry khaled kim kirk kirsty kit kofi konrad kris kyung laila lamar lana lance lane larry laurence laurie lebron
    lee leigh leila leland leopoldo leslie levi liam lilian lina lindsay lindsey lionel logan lonnie loren lou louie
    lucien lukas lupita luther lyle lyndon mac madison mahmoud malik malkia manny marcelo mariano maribel marin
    marisa marisol marit marla marlon marshall marty maryam mathew mats matteo mattias mauricio maurizio maury maya
    megyn mehdi mehmet mel merle michel mick mickey mikhail milan miles milo mitzi mo mohammad monty morgan moritz
    morris muammar mustafa naftali nat nate nayib neal nell nestor newt nicol nicolás nikita nikki norbert olaf oleg
    omarosa oprah orla orlando orrin osama osvaldo paige pat patrice patricio penny percy perla pete piers preston
    quentin quincy quinn rafe rahul raj ralf rand rania raphael ravi raymundo raúl reed reggie reid remy rene reza
    richie ricky rina riordan robbie robby robin rocco rocio rodolfo rodrigo rogelio romain ronan rory roscoe ross
    rowan ruben ruby rudy rusty ryan saddam sage salman salvador sam sammy sanjay santiago saul serge sergey shane
    shaun shawn shelby shelley sherrod shirin silvio sky skyler slobodan sonny soren spencer stacey stan stanton
    steny stephane stevie stu sunil sydney tarek tariq tatum taylor teddy terence teri terri terry thad theo thierry
    thom tip tj tobin tomás toni tonya tori tracey trayvon trey tristan tucker tulsi ty ursa vaclav valentin
    valentina vance vern viktor vince vincenzo vinnie vito vivek vlad wade wallace ward warren wendell wes whit
    whitney wil wilbur wiley will winona woody wyatt yailyn yasmin yorelis yusuf zach zachariah zack zainab ziad
    zoran""".split()
)
NICKNAMES = {  # short forms, each with the names that it stands for
    first: frozenset(names)
    for first, *names in map(
        str.split,
        """
    abby abigail | al alan albert alfred | alex alejandro alexander | andy andrew | ben benjamin | bernie bernard |
    beth elizabeth | betsy elizabeth | betty elizabeth | bill william | billy william | bob robert | bobby robert |
    brad bradley | cathy catherine | charlie charles | chris christine christopher | chuck charles | cindy cynthia |
    dan daniel | danny daniel | dave david | debbie deborah | dick richard | don donald | doug douglas | drew andrew
    | ed edward edwin | eddie edward | frank francis | fred frederick | greg gregory | hank henry | harry harold
    henry | jack john | jake jacob | jeff geoffrey jeffrey | jen jennifer | jenny jennifer | jerry gerald jerome |
    jim james | jimmy james | joe joseph | johnny john | jon jonathan | josh joshua | kate catherine katherine
    kathryn | kathy katherine kathleen | katie katherine | ken kenneth | larry lawrence | len leonard | leo leonard
    leopoldo | lisa elisabeth | liz elizabeth | lou louis | maggie margaret | matt matthew | max maximilian | meg
    margaret | mike michael | mitch mitchell | nate nathan nathaniel | ned edward | nick nicholas nicolas | nikki
    nicole | pam pamela | pat patricia patrick | patty patricia | peggy margaret | pete peter | phil philip phillip
    | ray raymond | rick richard | rob robert | robby robert | ron ronald | sam samantha samuel | sandy sandra |
    steve stephen steven | steven stephen | stu stuart | sue susan | ted edward theodore | terry terence terrence |
    tim timothy | tom thomas | tony anthony antonio | vicky victoria | vince vincent | will william |
    zach zachary""".split("|"),
    )
}
