/**
 * Numbers in words, with which a remark bounds an answer as it does with figures: `Genehmigt:` *neun Stück*. Left out are
 * those that say something else as often: one, Italian `sei` (*you are*), French `neuf` with an adjective's forms.
 */
export const numberWords: ReadonlySet<string> = new Set(
  [
    'two three four five six seven eight nine ten eleven twelve fifteen twenty thirty fifty',
    'deux trois quatre cinq six sept huit neuf dix onze douze quinze vingt trente cinquante',
    'zwei drei vier funf sechs sieben acht neun zehn elf zwolf funfzehn zwanzig dreissig funfzig',
    'dos tres cuatro cinco seis siete ocho nueve diez doce quince veinte treinta cincuenta',
    'due tre quattro cinque sette otto nove dieci undici dodici quindici venti trenta cinquanta',
    'twee drie vijf zes zeven acht negen tien elf twaalf vijftien twintig dertig vijftig',
    'dois duas quatro sete oito nove dez onze doze quinze vinte trinta',
    'dwa dwie trzy cztery piec szesc siedem osiem dziewiec dziesiec jedenascie dwanascie pietnascie dwadziescia',
  ].flatMap((words) => words.split(' ')),
)
