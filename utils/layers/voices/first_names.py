"""First names that tell he from she; those borne by both, and those that are surnames, places
or words as often (Alex, Clinton, Florence, Rose), are in neither list."""

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
