/* Lists of streets as orders, web pages and tables write them. */
#include "check.h"

#include "hotzone/mem.h"
#include "hotzone/trace.h"

static hz_error err;

/* Streets that do not meet: only how a list is understood is tested on them. */
static const char *const streets[] = {
    "Nørrebrogade", "Jagtvej", "Ågade", "Åboulevard", "Peblinge Dossering", "H.C. Ørsteds Vej",
    "Peter Bangs Vej", "Søndre Fasanvej", "Gammel Kongevej", "Nordre Frihavnsgade",
    "Dronning Louises Bro", "Sankt Hans Torv", "Sankt Hans Gade", "Hans Knudsens Plads",
    "Frederikssundsvej", "Danneskiold-Samsøes Allé", "Tagensvej", "Fælledvej", "Lyngbyvej",
    "Nordre Fasanvej", "Sortedam Dossering", "Ruten", "Ring 4", "Christian IX's Gade",
};
enum { STREETS = sizeof streets / sizeof *streets };

static hz_trace_network *network(const char *const *names, const double (*xy)[4], size_t n)
{
    hz_layer *layer = NULL;
    hz_shapes *s = NULL;
    hz_crs *crs = NULL;
    hz_trace_network *net = NULL;
    hz_status st = hz_shapes_new(HZ_LINE, n, n, 2 * n, &s, &err);
    for (size_t i = 0; !st && i < n; i++) {
        s->x[2 * i] = 724000 + (xy ? xy[i][0] : 0);
        s->y[2 * i] = 6175000 + (xy ? xy[i][1] : 500.0 * (double)i);
        s->x[2 * i + 1] = 724000 + (xy ? xy[i][2] : 300);
        s->y[2 * i + 1] = 6175000 + (xy ? xy[i][3] : 500.0 * (double)i);
        s->first_ring[i + 1] = i + 1;
        s->first_point[i + 1] = 2 * (i + 1);
    }
    if (!st)
        st = hz_layer_new("streets", n, &layer, &err);
    if (!st)
        st = hz_layer_add_texts(layer, "name", names, &err);
    if (!st)
        st = hz_layer_take_shapes(layer, &s, &err);
    if (!st)
        st = hz_crs_new("EPSG:25832", &crs, &err);
    if (!st)
        st = hz_layer_take_crs(layer, &crs, &err);
    if (!st)
        st = hz_trace_network_new(layer, NULL, 0, NULL, &net, NULL, &err);
    hz_shapes_free(s);
    hz_crs_free(crs);
    hz_layer_free(layer);
    return st ? NULL : net;
}

/* Items by the network's names: + along, . point, ~ via; ? and the listed text where none. */
static void understood(const hz_trace_network *net, const char *text, char *out, size_t size)
{
    static const char marks[] = "+.~";
    hz_trace t = { 0 };
    size_t n = 0;
    out[0] = '\0';
    if (hz_trace_build(net, text, NULL, &t, &err)) {
        snprintf(out, size, "failed");
        return;
    }
    for (size_t i = 0; i < t.count && n < size; i++)
        n += (size_t)snprintf(out + n, size - n, "%s%c%s%s", i ? " " : "", marks[t.items[i].role],
                              t.items[i].matched ? "" : "?",
                              t.items[i].matched ? t.items[i].matched : t.items[i].listed);
    hz_trace_clear(&t);
}

#define N "Nørrebrogade"
#define NJ "+Nørrebrogade +Jagtvej"
#define NJA "+Nørrebrogade +Jagtvej +Ågade"
#define NJAT "+Nørrebrogade +Jagtvej +Ågade +Tagensvej"

typedef struct {
    const char *text, *want;
} variant;

static void check_all(const variant *of, size_t n, void **state_)
{
    hz_trace_network *net = network(streets, NULL, STREETS);
    char got[400];
    CHECK(net != NULL);
    for (size_t i = 0; i < n; i++) {
        understood(net, of[i].text, got, sizeof got);
        if (strcmp(got, of[i].want) != 0)
            print_error("%s\n", of[i].text);
        CHECK_TEXT(got, of[i].want);
    }
    hz_trace_network_free(net);
}

TEST(separators_bullets_and_numbers_part_items)
{
    static const variant of[] = {
        { N "-Jagtvej-Ågade", NJA },
        { N " — Jagtvej – Ågade - Tagensvej", NJAT },
        { N "; Jagtvej; Ågade.", NJA },
        { N " / Jagtvej / Ågade", NJA },
        { N "/Jagtvej/Ågade", NJA },
        { N " og Jagtvej og Ågade", NJA },
        { N ", Jagtvej og Ågade.", NJA },
        { N ", Jagtvej samt Ågade", NJA },
        { N ",Jagtvej,Ågade", NJA },
        { N ",, Jagtvej ,Ågade,", NJA },
        { N " –– Jagtvej --- Ågade", NJA },
        { N " & Jagtvej + Ågade", NJA },
        { N " → Jagtvej → Ågade", NJA },
        { N " -> Jagtvej => Ågade", NJA },
        { N " > Jagtvej > Ågade", NJA },
        { N " | Jagtvej | Ågade", NJA },
        { N " • Jagtvej · Ågade", NJA },
        { N "\tJagtvej\tÅgade", NJA },
        { N ". Jagtvej. Ågade.", NJA },
        { N "\nJagtvej\nÅgade", NJA },
        { N "\r\nJagtvej\r\n\r\nÅgade\r\n", NJA },
        { "• " N "\n• Jagtvej\n• Ågade", NJA },
        { "- " N "\n- Jagtvej\n- Ågade", NJA },
        { "* " N "\n* Jagtvej\n* Ågade", NJA },
        { "1. " N "\n2. Jagtvej\n3. Ågade", NJA },
        { "1) " N "\n2) Jagtvej\n3) Ågade", NJA },
        { "1. " N " 2. Jagtvej 3. Ågade", NJA },
        { "(1) " N " (2) Jagtvej (3) Ågade", NJA },
        { "a) " N ", b) Jagtvej, c) Ågade", NJA },
        { "a. " N "\nb. Jagtvej\nc. Ågade", NJA },
    };
    check_all(of, sizeof of / sizeof *of, state_);
}

TEST(letters_are_known_however_they_were_typed_or_pasted)
{
    static const variant of[] = {
        { "NØRREBROGADE – JAGTVEJ – ÅGADE", NJA },
        { "nørrebrogade, jagtvej, ågade", NJA },
        { "Norrebrogade – Jagtvej – Agade", NJA },
        { "Noerrebrogade – Jagtvej – Aagade", NJA },
        { "N\xC3\xB8rrebrogade\xC2\xA0\xE2\x80\x93\xC2\xA0Jagtvej\xC2\xA0\xE2\x80\x93 Ågade", NJA },
        { "Peter\xC2\xA0" "Bangs\xC2\xA0Vej, Jagtvej", "+Peter Bangs Vej +Jagtvej" },
        { "N\xC3\xB8rre\xC2\xAD" "brogade – Jagt\xC2\xADvej", NJ },
        { "Danneskiold\xE2\x80\x91Samsøes Allé – Jagtvej", "+Danneskiold-Samsøes Allé +Jagtvej" },
        { "Danneskiold Samsøes Alle-Jagtvej", "+Danneskiold-Samsøes Allé +Jagtvej" },
        { "N&oslash;rrebrogade&nbsp;&ndash;&nbsp;Jagtvej &#8211; &#xC5;gade &amp; F&aelig;lledvej",
          NJA " +Fælledvej" },
        { "<p>" N "</p><br/>Jagtvej<br>Ågade", NJA },
        { "A\xCC\x8Agade – " N, "+Ågade +Nørrebrogade" }, /* a ring above by itself */
        { "Nörrebrogade – Jagtvej – Fälledvej", NJ " +Fælledvej" },
        { "N\xC3\x83\xC2\xB8rrebrogade – Jagtvej – \xC3\x83\xE2\x80\xA6gade", NJA }, /* twice UTF-8 */
        { N ", Jagtvej\xE2\x80\x8B, \xEF\xBB\xBFÅgade", NJA },
        { "\"" N "\", »Jagtvej« og “Ågade”", NJA },
        { "Nørebrogade – Jagtvei – Taggensvej", NJ " +Tagensvej" },
        { "N?rrebrogade – Jagtvej – ?gade", NJ " +??gade" },
    };
    check_all(of, sizeof of / sizeof *of, state_);
}

TEST(forms_of_a_name_are_one_name)
{
    static const variant of[] = {
        { "HC Ørstedsvej, Gl. Kongevej, Sdr. Fasanvej, Ndr. Frihavnsgade",
          "+H.C. Ørsteds Vej +Gammel Kongevej +Søndre Fasanvej +Nordre Frihavnsgade" },
        { "H. C. Ørsteds Vej – Gl Kongevej – Sdr Fasanvej – Ndr Frihavnsgade",
          "+H.C. Ørsteds Vej +Gammel Kongevej +Søndre Fasanvej +Nordre Frihavnsgade" },
        { "H.C.Ørsteds Vej – Gl.Kongevej – Sdr.Fasanvej – Skt.Hans Torv",
          "+H.C. Ørsteds Vej +Gammel Kongevej +Søndre Fasanvej +Sankt Hans Torv" },
        { "Dr. Louises Bro – Skt. Hans Torv – Skt Hans Gade – Sct. Hans Gade – St. Hans Torv",
          "+Dronning Louises Bro +Sankt Hans Torv +Sankt Hans Gade +Sankt Hans Gade "
          "+Sankt Hans Torv" },
        { "Dronning Louises bro – Hans Knudsens plads – Søndre fasanvej",
          "+Dronning Louises Bro +Hans Knudsens Plads +Søndre Fasanvej" },
        { "Sortedams Dossering – Sortedamsdosseringen – Peblingedossering",
          "+Sortedam Dossering +Sortedam Dossering +Peblinge Dossering" },
        { "Ring 4 – Lyngbyvej – Ring4 – Ring 3", "+Ring 4 +Lyngbyvej +Ring 4 +?Ring 3" },
        { "Chr. IX's Gade – Christian IX’s Gade", "+Christian IX's Gade +Christian IX's Gade" },
        { "Nordre Fasanvej – Fasanvej", "+Nordre Fasanvej +?Fasanvej" },
        { "Ved Amagerbanen – Jagtvej – ved Ruten – Ved  Skansen 3",
          "+?Ved Amagerbanen +Jagtvej +?Ved Skansen 3" }, /* "Ved X" is a name, "ved X" a remark */
    };
    check_all(of, sizeof of / sizeof *of, state_);
}

TEST(linking_words_tell_ways_from_places)
{
    static const variant of[] = {
        { N " til Jagtvej", "+Nørrebrogade .Jagtvej" },
        { N " frem til Jagtvej", "+Nørrebrogade .Jagtvej" },
        { N " indtil Jagtvej", "+Nørrebrogade .Jagtvej" },
        { N " fra Jagtvej til Ågade", ".Jagtvej +Nørrebrogade .Ågade" },
        { N " (fra Jagtvej til Ågade) – Tagensvej", ".Jagtvej +Nørrebrogade .Ågade +Tagensvej" },
        { N " mellem Jagtvej og Ågade – Tagensvej", ".Jagtvej +Nørrebrogade .Ågade +Tagensvej" },
        { N ", mellem Jagtvej og Ågade, Tagensvej", ".Jagtvej +Nørrebrogade .Ågade +Tagensvej" },
        { N " via Jagtvej til Ågade", "+Nørrebrogade ~Jagtvej .Ågade" },
        { "langs " N " – ad Jagtvej – ad Ågade mod nord", NJA },
        { N " mod nord – Jagtvej mod vest – Ågade mod syd", NJA },
        { "fra " N " mod syd ad Jagtvej mod øst ad Ågade mod nord ad Tagensvej", NJAT },
        { "krydset " N "/Jagtvej – Ågade", ".Nørrebrogade .Jagtvej +Ågade" },
        { "fra krydset " N "/Jagtvej ad Jagtvej til Ågade",
          ".Nørrebrogade .Jagtvej +Jagtvej .Ågade" },
        { "hjørnet af " N " og Jagtvej – Ågade", ".Nørrebrogade .Jagtvej +Ågade" },
        { N " op til Jagtvej og ned ad Ågade", "+Nørrebrogade .Jagtvej +Ågade" },
        { N " og videre ad Jagtvej, drej til venstre ad Ågade", NJA },
        { N " – Jagtvej – Ågade og tilbage til " N, NJA " .Nørrebrogade" },
        { N " – Jagtvej – Ågade – tilbage til udgangspunktet", NJA },
        { N " frem til Jagtvej, herfra ad Jagtvej til Ågade, derfra ad Ågade tilbage til " N,
          "+Nørrebrogade .Jagtvej +Jagtvej .Ågade +Ågade .Nørrebrogade" },
        { "Fra " N " til Jagtvej til Ågade til Tagensvej til " N, NJAT " +Nørrebrogade" },
        { N " v/ Jagtvej – Ågade", "+Nørrebrogade +Ågade" },
    };
    check_all(of, sizeof of / sizeof *of, state_);
}

TEST(house_numbers_sides_and_brackets_are_remarks)
{
    static const variant of[] = {
        { N " 45-101 – Jagtvej 12 – Ågade 3A", NJA },
        { N " 45–101 – Jagtvej", NJ },
        { N " nr. 45-101, ulige numre – Jagtvej, lige numre – Ågade", NJA },
        { N " (ulige numre) – Jagtvej 2-20 (lige numre) – Ågade", NJA },
        { N " 45 til Jagtvej 12 – Ågade", "+Nørrebrogade .Jagtvej +Ågade" },
        { N ", begge sider – Jagtvej, begge sider – Ågade", NJA },
        { N " begge sider – Jagtvej (begge sider)", NJ },
        { N "(inkl. begge fortove)–Jagtvej–Ågade", NJA },
        { N " (undtagen nr. 5), Jagtvej dog ikke stationen, Ågade", NJA },
        { N " inkl. fortov, Jagtvej ekskl. fortov, Ågade", NJA },
        { N " inklusiv bygninger på begge sider – Jagtvej", NJ },
        { "Sankt Hans Torv med omkringliggende gader – Fælledvej", "+Sankt Hans Torv +Fælledvej" },
        { N ", Jagtvej, Ågade, hvor begge sider af vejene er omfattet", NJA },
        { N ", der ikke er en del af zonen, Jagtvej", NJ },
        { N " – Jagtvej – Ågade, som alle er omfattet", NJA },
        { N ", Jagtvej, Ågade (se kort)", NJA },
        { N " – [Jagtvej] – Ågade", NJA },
    };
    check_all(of, sizeof of / sizeof *of, state_);
}

TEST(headings_sentences_and_dates_are_no_items)
{
    static const variant of[] = {
        { "Området afgrænses af følgende veje: " N ", Jagtvej og Ågade.", NJA },
        { "Visitationszonen omfatter området, der afgrænses af " N ", Jagtvej og Ågade", NJA },
        { "Zonen afgrænses af gaderne " N ", Jagtvej og Ågade inklusive", NJA },
        { "Området mellem " N ", Jagtvej, Ågade og Tagensvej", NJAT },
        { "Området er afgrænset mod nord af " N ", mod øst af Jagtvej, mod syd af Ågade og mod vest "
          "af Tagensvej.", NJAT },
        { "Mod nord: " N ". Mod øst: Jagtvej. Mod syd: Ågade. Mod vest: Tagensvej.", NJAT },
        { "Nord: " N "\nØst: Jagtvej\nSyd: Ågade\nVest: Tagensvej", NJAT },
        { "Vesterbro-Kongens Enghave: " N ", Jagtvej", NJ },
        { N ", Jagtvej, Ågade. Gælder fra den 1. maj 2023 kl. 12.00 til den 15. maj 2023 kl. 12.00.",
          NJA },
        { "I perioden 1. maj - 15. maj 2023 er der visitationszone i området " N ", Jagtvej, Ågade",
          NJA },
        { "Politidirektøren har besluttet at oprette en visitationszone i området afgrænset af "
          N ", Jagtvej og Ågade.", NJA },
        { "Politidirektøren i København har den 1. maj 2023 besluttet, at området afgrænset af "
          N ", Jagtvej og Ågade er visitationszone.", NJA },
        { "De tre stationsområder; Amager, Jagtvej", "+?tre stationsområder +?Amager +Jagtvej" },
    };
    check_all(of, sizeof of / sizeof *of, state_);
}

/* ---- what is not read is said, and one ring comes of all wordings ---- */

static const char *const block[] = { "Nordre Allé", "Søndre Allé", "Åboulevard", "Sankt Pauls Gade",
                                     "H.C. Ørsteds Vej" };
static const double block_xy[][4] = { { 0, 400, 1000, 400 }, { 0, 0, 1000, 0 }, { 100, -50, 100, 450 },
                                      { 500, -50, 500, 450 }, { 900, -50, 900, 450 } };

/* 800 m by 400 m. */
TEST(one_ring_comes_of_all_wordings_of_its_list)
{
    static const char *const texts[] = {
        "Nordre Allé – H.C. Ørsteds Vej – Søndre Allé – Åboulevard",
        "Nordre Allé – H.C. Ørsteds Vej – Søndre Allé – Åboulevard – Nordre Allé.",
        "Åboulevard, Søndre Allé, HC Ørstedsvej, Ndr. Alle",
        "Området afgrænses af Nordre Allé, H.C. Ørsteds Vej, Søndre Allé og Åboulevarden.",
        "Mod nord: Nordre Allé. Mod øst: H.C. Ørsteds Vej. Mod syd: Søndre Allé. Mod vest: Åboulevard",
        "1. Nordre Allé\n2. H.C. Ørsteds Vej\n3. Søndre Allé\n4. Åboulevard",
        "Nordre Allé fra Åboulevard til H.C. Ørsteds Vej, H.C. Ørsteds Vej til Søndre Allé, Søndre "
        "Allé til Åboulevard og tilbage til Nordre Allé",
        "fra hjørnet af Nordre Allé og Åboulevard mod øst ad Nordre Allé, mod syd ad HC Ørsteds Vej, "
        "mod vest ad Søndre Allé, mod nord ad Åboulevard til udgangspunktet",
        "Nordre Allé mellem Åboulevard og H.C. Ørsteds Vej – H.C. Ørsteds Vej – Søndre Allé – "
        "Åboulevard",
        "NORDRE ALLE/HC OERSTEDS VEJ/SOENDRE ALLE/AABOULEVARD",
        "Nordre Allé 1-99 (ulige numre) – H.C. Ørsteds Vej, begge sider – Søndre Allé – Åboulevard",
        "Nordre Allé til Sankt Pauls Gade – Nordre Allé – H.C. Ørsteds Vej – Søndre Allé – Åboulevard",
    };
    hz_trace_network *net = network(block, block_xy, 5);
    CHECK(net != NULL);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        hz_trace t = { 0 };
        CHECK_OK(hz_trace_build(net, texts[i], NULL, &t, &err), err);
        if (!t.ring)
            print_error("%s: %s\n", texts[i], t.refused);
        CHECK(t.ring != NULL);
        CHECK_NEAR(t.area_m2, 800 * 400, 1e-6);
        CHECK_NEAR(t.bridged_m, 0, 1e-9);
        hz_trace_clear(&t);
    }
    hz_trace_network_free(net);
}

/* Sankt Pauls Gade is in no item: in brackets, in a clause, in a heading, behind "ved", in a title. */
TEST(a_street_that_was_not_read_as_an_item_is_said)
{
    static const struct {
        const char *text;
        size_t mentioned;
    } cases[] = {
        { "Nordre Allé – H.C. Ørsteds Vej (undtagen Sankt Pauls Gade) – Søndre Allé – Åboulevard", 1 },
        { "Nordre Allé – H.C. Ørsteds Vej – Søndre Allé – Åboulevard, dog ikke Sankt Pauls Gade", 1 },
        { "Nordre Allé ved Skt. Pauls Gade – H.C. Ørsteds Vej – Søndre Allé – Åboulevard", 1 },
        { "Nordre Allé, herunder Sankt Pauls Gade, H.C. Ørsteds Vej, Søndre Allé, Åboulevard", 1 },
        { "Nordre Allé – H.C. Ørsteds Vej – Søndre Allé – Åboulevard. Sankt Pauls Gade er ikke en del "
          "af visitationszonen.", 1 },
        { "Nordre Allé – H.C. Ørsteds Vej – Søndre Allé – Åboulevard. Åboulevard er ikke en del af "
          "visitationszonen.", 0 },
        { "Sankt Pauls Gade Nordre Allé, H.C. Ørsteds Vej, Søndre Allé, Åboulevard", 1 },
    };
    hz_trace_network *net = network(block, block_xy, 5);
    CHECK(net != NULL);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hz_trace t = { 0 };
        CHECK_OK(hz_trace_build(net, cases[i].text, NULL, &t, &err), err);
        if (!t.ring || t.mentioned_count != cases[i].mentioned)
            print_error("%s: %s; unread: %s\n", cases[i].text, t.refused ? t.refused : "", t.unread);
        CHECK(t.ring && t.mentioned_count == cases[i].mentioned);
        if (t.mentioned_count)
            CHECK_TEXT(t.mentioned[0], "Sankt Pauls Gade");
        hz_trace_clear(&t);
    }
    hz_trace_network_free(net);
}

static unsigned below(uint64_t *state, unsigned n) /* splitmix64 */
{
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return (unsigned)((z ^ (z >> 31)) % n);
}

/* Was a street read as an item, or said to be named elsewhere? */
static bool is_told(const hz_trace *t, const char *street)
{
    for (size_t i = 0; i < t->count; i++)
        if (t->items[i].matched && strcmp(t->items[i].matched, street) == 0)
            return true;
    for (size_t k = 0; k < t->mentioned_count; k++)
        if (strcmp(t->mentioned[k], street) == 0)
            return true;
    return false;
}

/* Or does an item without a match hold it, which is refused by name? */
static bool is_at_fault(const hz_trace *t, const char *street)
{
    for (size_t i = 0; i < t->count; i++)
        if (!t->items[i].matched && strstr(t->items[i].listed, street))
            return true;
    return false;
}

/* Names between whatever may stand between them: none of them is lost. */
TEST(no_street_of_a_text_is_lost_whatever_stands_about_it)
{
    static const char *const names[] = { "Nørrebrogade", "Jagtvej", "Ågade", "Peter Bangs Vej",
                                         "Sankt Hans Torv", "Danneskiold-Samsøes Allé", "Tagensvej",
                                         "Ring 4", "Ruten", "H.C. Ørsteds Vej" };
    static const char *const between[] = {
        " – ", ", ", "; ", " og ", " samt ", "/", "\n", ". ", " til ", " fra ", " via ", " ved ", " mod ",
        " langs ", " ad ", " mellem ", " (", ") ", " [", "] ", ": ", " 45-101 ", ", dog ikke ",
        ", hvor ", " der ", " er ", " begge sider, ", " hjørnet af ", " krydset ", "\n- ", "\n1. ",
        " 2. ", "\nMod nord: ", " området ", " afgrænset af ", " den 1. maj 2023 kl. 12.00 ",
        " er gældende fra ", " inkl. ", " herunder ", "&ndash;", "<br>", " > ", "\t", "\xC2\xA0",
        " kommunegrænsen ", " tilbage til ", " undtagen ", " Politiet ", "- ", " & ", "\"", " | ",
    };
    enum { NAMES = sizeof names / sizeof *names, BETWEEN = sizeof between / sizeof *between,
           MOST = 12, TEXTS = 4000 };
    hz_trace_network *net = network(streets, NULL, STREETS);
    uint64_t state = 5;
    CHECK(net != NULL);
    for (int k = 0; k < TEXTS; k++) {
        const char *used[MOST];
        unsigned n = 1 + below(&state, MOST);
        hz_text text = { 0 };
        hz_trace t = { 0 };
        if (below(&state, 2))
            hz_text_add(&text, between[below(&state, BETWEEN)]);
        for (unsigned i = 0; i < n; i++) {
            used[i] = names[below(&state, NAMES)];
            hz_text_add(&text, used[i]);
            hz_text_add(&text, between[below(&state, BETWEEN)]);
        }
        CHECK_OK(hz_trace_build(net, hz_text_get(&text), NULL, &t, &err), err);
        for (unsigned i = 0; i < n; i++) {
            bool told = is_told(&t, used[i]) || is_at_fault(&t, used[i]);
            if (!told)
                print_error("%d: '%s' of: %s\nunread: %s\n", k, used[i], hz_text_get(&text),
                            t.unread);
            CHECK(told);
        }
        hz_trace_clear(&t);
        hz_text_free(&text);
    }
    hz_trace_network_free(net);
}

TEST(a_list_of_several_zones_is_refused)
{
    hz_trace_network *net = network(block, block_xy, 5);
    hz_trace t = { 0 };
    CHECK_OK(hz_trace_build(net, "Zone 1: Nordre Allé, Sankt Pauls Gade, Søndre Allé, Åboulevard. "
                            "Zone 2: Nordre Allé, H.C. Ørsteds Vej, Søndre Allé, Sankt Pauls Gade",
                            NULL, &t, &err), err);
    CHECK(!t.ring && strstr(t.refused, "2 zones"));
    hz_trace_clear(&t);
    hz_trace_network_free(net);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(separators_bullets_and_numbers_part_items),
        cmocka_unit_test(letters_are_known_however_they_were_typed_or_pasted),
        cmocka_unit_test(forms_of_a_name_are_one_name),
        cmocka_unit_test(linking_words_tell_ways_from_places),
        cmocka_unit_test(house_numbers_sides_and_brackets_are_remarks),
        cmocka_unit_test(headings_sentences_and_dates_are_no_items),
        cmocka_unit_test(one_ring_comes_of_all_wordings_of_its_list),
        cmocka_unit_test(a_street_that_was_not_read_as_an_item_is_said),
        cmocka_unit_test(no_street_of_a_text_is_lost_whatever_stands_about_it),
        cmocka_unit_test(a_list_of_several_zones_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
