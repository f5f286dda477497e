// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.demangle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DemanglerTest {
  private static final String LETTERS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_.$";

  /** Mangled names and the answers of {@code c++filt -r} of GNU Binutils 2.40. */
  private static final String NAMES =
      """
          a function has its parameters | _Z1fiz | f(int, ...)
          a function without parameters has none | _ZN3foo3barEv | foo::bar()
          a template has its result | _Z1fIiEPT_S0_ | int* f<int>(int)
          a constructor is named after its class | _ZN1A1B1CIiEC2ERKS2_ | A::B::C<int>::C(A::B::C<int> const&)
          a destructor has a tilde | _ZN1AD0Ev | A::~A()
          an inherited constructor is named after the base | _ZN1BCI21AEi | B::A(int)
          a substitution means an earlier part | _ZNSt6vectorIiSaIiEE9push_backERKi | std::vector<int, std::allocator<int> >::push_back(int const&)
          an abbreviation is written out | _Z1fRKSsSoSi | f(std::basic_string<char, std::char_traits<char>, std::allocator<char> > const&, std::basic_ostream<char, std::char_traits<char> >, std::basic_istream<char, std::char_traits<char> >)
          an ABI tag follows its name | _ZN1AB5cxx113getB3tagEv | A[abi:cxx11]::get[abi:tag]()
          a qualified member says so at its end | _ZNVKO1A1fEv | A::f() const volatile &&
          a pointer to a function is written around its star | _Z1fPFvPFivEE | f(void (*)(int (*)()))
          a function that returns a pointer to a function too | _Z1fIiEPFvvET_ | void (*f<int>(int))()
          a pointer to a member names the class | _Z1fM1AFvvEMS_KFvvREMS_i | f(void (A::*)(), void (A::*)() const &, int A::*)
          a noexcept function type | _Z1fPDoFvvE | f(void (*)() noexcept)
          an array | _Z1fRA3_A4_KcPA_i | f(char const (&) [3][4], int (*) [])
          references collapse | _Z1fIRiEvOT_ | void f<int&>(int&)
          a pack is expanded | _Z1fIJidEEvDpOT_ | void f<int, double>(int&&, double&&)
          an empty pack takes its comma along | _Z1fIiJEEvT_DpT0_ | void f<int>(int)
          brackets are kept apart | _Z1fSt6vectorIS_IiEE | f(std::vector<std::vector<int> >)
          the call operator of a lambda | _ZZ1fiENKUlT_E0_clIiEEDaS_ | auto f(int)::{lambda(auto:1)#2}::operator()<int>(int) const
          a generic lambda's parameters are auto | _ZZ1fvENKUlDpOT_E_clIJiEEEDaS1_ | auto f()::{lambda((auto:1&&)...)#1}::operator()<int>(int&&) const
          an unnamed type | _ZN1AUt0_C1Ev | A::{unnamed type#2}::A()
          a default argument | _ZZN1A1fEiiEd0_NKUlvE_clEv | A::f(int, int)::{default arg#2}::{lambda()#1}::operator()() const
          a static variable of a function | _ZGVZN1A1fEvE1x_0 | guard variable for A::f()::x
          a string literal of a function | _ZZ1fvEs | f()::string literal
          an unnamed namespace | _ZN12_GLOBAL__N_11fEv | (anonymous namespace)::f()
          literals | _Z1fILi5ELin5ELj5ELl5ELm5ELx5ELy5ELb0ELb1ELc97ELs5EEvv | void f<5, -5, 5u, 5l, 5ul, 5ll, 5ull, false, true, (char)97, (short)5>()
          a literal of an enumeration | _Z1fIL1E3EEvv | void f<(E)3>()
          the address of a function | _Z1fIXadL_ZN1A1gEvEEEvv | void f<&A::g>()
          greater-than has parentheses of its own | _Z1fIXgtLi1ELi2EEEvv | void f<((1)>(2))>()
          decltype | _Z1fIiEDTplfp_Li1EET_ | decltype ({parm#1}+(1)) f<int>(int)
          a call in decltype | _Z1fIJidEEDTcl1gspfp_EEDpT_ | decltype (g({parm#1}...)) f<int, double>(int, double)
          sizeof... is the length of the pack | _Z1fIJidEE1AIXsZT_EEDpT_ | A<2> f<int, double>(int, double)
          a condition | _Z1fIiEv1AIXquleT_Li3ELi4ELi5EEE | void f<int>(A<((int)<=(3))?(4) : (5)>)
          a fold | _Z1fIJidEE1AIXfraaT_EEv | A<((int, double)&&...)> f<int, double>()
          a conversion operator | _ZNK1AcvT_IiEEv | A::operator int<int>() const
          an operator that is a word has a space | _ZN1AdaEPv | A::operator delete[](void*)
          a literal operator | _Zli2_sPKcm | operator"" _s(char const*, unsigned long)
          less-than is kept apart from arguments | _ZltIiEbT_S0_ | bool operator< <int>(int, int)
          a vtable | _ZTV1A | vtable for A
          typeinfo | _ZTIN1A1BE | typeinfo for A::B
          a construction vtable | _ZTC1A0_1B | construction vtable for B-in-A
          a virtual thunk | _ZTv0_n24_N1A1fEv | virtual thunk to A::f()
          a covariant thunk | _ZTchn8_v0_n24_NK1A1fEv | covariant return thunk to A::f() const
          a thread-local wrapper | _ZTW1x | TLS wrapper function for x
          a transaction clone | _ZGTtNSt11logic_errorD2Ev | transaction clone for std::logic_error::~logic_error()
          a clone | _ZN1A1fEv.constprop.0.cold | A::f() [clone .constprop.0] [clone .cold]
          vectors and complex numbers | _Z1fDv4_fCd | f(float __vector(4), double _Complex)
          types of a width | _Z1fDF16_DF32xDF16bDnDsDi | f(_Float16, _Float32x, std::bfloat16_t, decltype(nullptr), char16_t, char32_t)
          a vendor's qualifier | _Z1fPU8__strongi | f(int __strong*)
          a structured binding | _ZDC1a1bE | [a, b]
          a data member whose initializer has a lambda | _ZNK1A1xMUlvE_clEv | A::x::{lambda()#1}::operator()() const
          Rust before version 0 | _ZN12_$LT$A..B.C$2fn17h0123456789abcdefE.llvm.7 | <A::B.C$::fn::h0123456789abcdef
      """;

  @ParameterizedTest(name = "{0}")
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = NAMES)
  void aNameIsTheOneOfCxxfilt(String subject, String mangled, String name) {
    assertThat(Demangler.demangle(mangled)).as(subject).contains(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "_",
        "_Z",
        "printf",
        "_R1a",
        "_ZN1A",
        "_Z1fS_",
        "_Z9fv",
        "_Z1fvX",
        "_Z1fIT_Evv",
        "_Z99999999999999999999f",
        "_ZN1AS_E",
        "_Z1fv.",
        "_Z1f\u00e9v",
        "_ZNSt15__uniq_ptr_dataE\u0000"
      })
  void aNameThatIsNotMangledStaysAsItIs(String symbol) {
    assertThat(Demangler.demangle(symbol)).isEmpty();
    assertThat(Demangler.readable(symbol)).isEqualTo(symbol);
  }

  /** Compilers and {@code c++filt} number what follows differently. */
  @Test
  void aSubstitutionBehindAnUnnamedTypeIsNotGuessed() {
    assertThat(Demangler.demangle("_ZN1AIN1BUt_EEC1IS2_EEv")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"_Z1f, P, i", "_Z1f, 1AI, i", "_Z, Z, 1fv", "_Z1fIX, ng, Li1EEEvv", "_Z1f, PFv, v"})
  @Timeout(10)
  void deepNestingIsRefused(String before, String part, String behind) {
    assertThat(Demangler.demangle(before + part.repeat(10_000) + behind)).isEmpty();
  }

  @Test
  @Timeout(10)
  void aTextThatDoublesWithEveryPartIsRefused() {
    assertThat(Demangler.demangle("_Z1f" + doubled(0, 5))).isPresent();
    assertThat(Demangler.demangle("_Z1f" + doubled(0, 30))).isEmpty();
  }

  /**
   * The result of a local name's function is not written, the search for a pack goes through it.
   */
  @Test
  @Timeout(10)
  void workThatDoublesWithoutATextIsRefused() {
    String few = "_ZZ1fIiEPF" + doubled(1, 5) + "EDp" + substitution(12) + "E1x";
    String many = "_ZZ1fIiEPF" + doubled(1, 30) + "EDp" + substitution(62) + "E1x";

    assertThat(Demangler.demangle(few)).isPresent();
    assertThat(Demangler.demangle(many)).isEmpty();
  }

  /** Types each of which has the one before twice; some substitutions stand before them. */
  private static String doubled(int substitutions, int count) {
    StringBuilder types = new StringBuilder("1AIiiE");
    for (int i = 0; i < count; i++) {
      String last = substitution(substitutions + 2 * i + 1);
      types.append("1BI").append(last).append(last).append('E');
    }
    return types.toString();
  }

  private static String substitution(int index) {
    return index == 0 ? "S_" : "S" + Integer.toString(index - 1, 36).toUpperCase(Locale.ROOT) + "_";
  }

  @Test
  void longNamesTakeTimeInProportion() {
    demangleParameters(1_000);
    long few = demangleParameters(1_000);
    long many = demangleParameters(8_000);

    assertThat(many).isLessThan(40 * few + Duration.ofMillis(200).toNanos());
  }

  private static long demangleParameters(int count) {
    String name = "_Z1f" + "Pi".repeat(count);
    long start = System.nanoTime();
    assertThat(Demangler.demangle(name)).isPresent();
    return System.nanoTime() - start;
  }

  @Test
  @Timeout(60)
  void changedNamesAreReadOrLeftAsTheyAre() {
    Random random = new Random(13);
    List<String> names = NAMES.lines().map(line -> line.split("\\|")[1].strip()).toList();
    for (int i = 0; i < 200_000; i++) {
      String name = changed(names.get(random.nextInt(names.size())), random);
      int length = Demangler.readable(name).length();

      assertThat(length).as(name).isLessThanOrEqualTo(Math.max(name.length(), Demangler.MAX_TEXT));
    }
  }

  private static String changed(String name, Random random) {
    StringBuilder changed = new StringBuilder(name);
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = 2 + random.nextInt(changed.length() - 1);
      int end = Math.min(changed.length(), at + random.nextInt(12));
      at = Math.min(at, changed.length());
      char letter = LETTERS.charAt(random.nextInt(LETTERS.length()));
      switch (random.nextInt(3)) {
        case 0 -> changed.insert(at, letter);
        case 1 -> changed.insert(at, changed.substring(at, end));
        default -> changed.replace(at, Math.min(changed.length(), at + 1), "" + letter);
      }
    }
    return changed.toString();
  }
}
