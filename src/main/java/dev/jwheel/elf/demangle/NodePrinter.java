// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.demangle;

import dev.jwheel.elf.demangle.Node.Abbreviation;
import dev.jwheel.elf.demangle.Node.ArrayType;
import dev.jwheel.elf.demangle.Node.Binary;
import dev.jwheel.elf.demangle.Node.Braces;
import dev.jwheel.elf.demangle.Node.Builtin;
import dev.jwheel.elf.demangle.Node.Cast;
import dev.jwheel.elf.demangle.Node.Clone;
import dev.jwheel.elf.demangle.Node.Conditional;
import dev.jwheel.elf.demangle.Node.ConstructionVtable;
import dev.jwheel.elf.demangle.Node.Conversion;
import dev.jwheel.elf.demangle.Node.Decltype;
import dev.jwheel.elf.demangle.Node.Fold;
import dev.jwheel.elf.demangle.Node.FunctionEncoding;
import dev.jwheel.elf.demangle.Node.FunctionParameter;
import dev.jwheel.elf.demangle.Node.FunctionType;
import dev.jwheel.elf.demangle.Node.Lambda;
import dev.jwheel.elf.demangle.Node.Literal;
import dev.jwheel.elf.demangle.Node.LiteralOperator;
import dev.jwheel.elf.demangle.Node.Local;
import dev.jwheel.elf.demangle.Node.MemberName;
import dev.jwheel.elf.demangle.Node.Modifier;
import dev.jwheel.elf.demangle.Node.Name;
import dev.jwheel.elf.demangle.Node.NodeList;
import dev.jwheel.elf.demangle.Node.OperatorName;
import dev.jwheel.elf.demangle.Node.PackExpansion;
import dev.jwheel.elf.demangle.Node.Postfix;
import dev.jwheel.elf.demangle.Node.Scoped;
import dev.jwheel.elf.demangle.Node.Special;
import dev.jwheel.elf.demangle.Node.Structor;
import dev.jwheel.elf.demangle.Node.StructuredBinding;
import dev.jwheel.elf.demangle.Node.Suffix;
import dev.jwheel.elf.demangle.Node.Tagged;
import dev.jwheel.elf.demangle.Node.TemplateParameter;
import dev.jwheel.elf.demangle.Node.Templated;
import dev.jwheel.elf.demangle.Node.Unary;
import dev.jwheel.elf.demangle.Node.Unnamed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a name as {@code c++filt} does. */
final class NodePrinter {
  private final Output output;
  private final TypePrinter types;
  private final ExpressionPrinter expressions;
  private final TemplateArguments arguments;
  private int lambdas;

  /** The template whose name or arguments are written. */
  private @Nullable Templated current;

  NodePrinter(Output output) {
    this.output = output;
    this.arguments = new TemplateArguments(output);
    this.types = new TypePrinter(output, this, arguments);
    this.expressions = new ExpressionPrinter(output, this, arguments);
  }

  String print(Node symbol) {
    write(symbol);
    return output.toString();
  }

  void write(Node node) {
    output.enter();
    if (node instanceof Modifier
        || node instanceof FunctionType
        || node instanceof ArrayType
        || node instanceof TemplateParameter) {
      types.write(node);
    } else if (!writeName(node) && !writeSpecial(node)) {
      writeExpression(node);
    }
    output.leave();
  }

  private boolean writeName(Node node) {
    if (node instanceof Name name) {
      output.append(name.text());
    } else if (node instanceof Builtin builtin) {
      output.append(builtin.text());
    } else if (node instanceof Abbreviation abbreviation) {
      output.append(abbreviation.text());
    } else if (node instanceof Scoped scoped) {
      write(scoped.scope());
      output.append("::");
      write(scoped.name());
    } else if (node instanceof Templated templated) {
      writeTemplated(templated);
    } else if (node instanceof NodeList list) {
      writeList(list);
    } else if (node instanceof Tagged tagged) {
      write(tagged.name());
      output.append("[abi:").append(tagged.tag()).append("]");
    } else if (node instanceof Structor structor) {
      output.append(structor.tilde());
      write(structor.owner());
    } else if (node instanceof OperatorName operator) {
      output.append(operator.operator().functionName());
    } else if (node instanceof LiteralOperator literal) {
      output.append("operator\"\" ");
      write(literal.suffix());
    } else if (node instanceof Conversion conversion) {
      writeConversion(conversion);
    } else if (node instanceof FunctionEncoding encoding) {
      types.write(encoding);
    } else {
      return false;
    }
    return true;
  }

  private boolean writeSpecial(Node node) {
    if (node instanceof Local local) {
      writeLocal(local);
    } else if (node instanceof Lambda lambda) {
      output.append("{lambda(");
      lambdas++;
      write(lambda.parameters());
      lambdas--;
      output.append(")#").append(Long.toString(lambda.number())).append("}");
    } else if (node instanceof Unnamed unnamed) {
      output.append("{unnamed type#").append(Long.toString(unnamed.number())).append("}");
    } else if (node instanceof StructuredBinding binding) {
      output.append("[");
      write(binding.names());
      output.append("]");
    } else if (node instanceof MemberName member) {
      write(member.name());
      writeSuffixes(member.suffixes());
    } else if (node instanceof Special special) {
      output.append(special.description());
      write(special.subject());
    } else if (node instanceof ConstructionVtable vtable) {
      output.append("construction vtable for ");
      write(vtable.base());
      output.append("-in-");
      write(vtable.derived());
    } else if (node instanceof Clone clone) {
      write(clone.symbol());
      output.append(" [clone ").append(clone.suffix()).append("]");
    } else {
      return false;
    }
    return true;
  }

  private void writeExpression(Node node) {
    if (node instanceof PackExpansion expansion) {
      writeExpansion(expansion);
    } else if (node instanceof Decltype decltype) {
      output.append("decltype (");
      write(decltype.expression());
      output.append(")");
    } else if (node instanceof Literal literal) {
      expressions.literal(literal);
    } else if (node instanceof Unary unary) {
      expressions.unary(unary);
    } else if (node instanceof Postfix postfix) {
      expressions.operand(postfix.operand());
      output.append(postfix.operator().text());
    } else if (node instanceof Cast cast) {
      expressions.cast(cast);
    } else if (node instanceof Binary binary) {
      expressions.binary(binary);
    } else if (node instanceof Conditional conditional) {
      expressions.conditional(conditional);
    } else if (node instanceof Fold fold) {
      expressions.fold(fold);
    } else if (node instanceof FunctionParameter parameter) {
      expressions.parameter(parameter);
    } else if (node instanceof Braces braces) {
      expressions.braces(braces);
    } else {
      throw new IllegalStateException("a part that cannot be written: " + node.getClass());
    }
  }

  private void writeTemplated(Templated templated) {
    Templated outer = current;
    current = templated;
    write(templated.name());
    writeArguments(templated);
    current = outer;
  }

  private void writeArguments(Templated templated) {
    if (output.endsWith('<')) {
      output.append(" ");
    }
    output.append("<");
    write(templated.arguments());
    if (output.endsWith('>')) {
      output.append(" ");
    }
    output.append(">");
  }

  /** The type of a conversion operator refers to the arguments that follow it. */
  private void writeConversion(Conversion conversion) {
    output.append("operator ");
    TemplateStack outer = arguments.templates;
    if (current != null) {
      arguments.templates = new TemplateStack(current, outer);
    }
    if (conversion.type() instanceof Templated type) {
      write(type.name());
      arguments.templates = outer;
      writeArguments(type);
    } else {
      write(conversion.type());
      arguments.templates = outer;
    }
  }

  /** Empty packs behind the last item that is written take their commas along. */
  private void writeList(NodeList list) {
    int end = output.length();
    for (int i = 0; i < list.items().size(); i++) {
      if (i > 0) {
        output.append(", ");
      }
      int start = output.length();
      write(list.items().get(i));
      if (output.length() > start) {
        end = output.length();
      }
    }
    output.truncate(end);
  }

  private void writeLocal(Local local) {
    write(local.function());
    output.append("::");
    if (local.defaultArgument() > 0) {
      output.append("{default arg#").append(Long.toString(local.defaultArgument())).append("}::");
    }
    write(local.name());
  }

  void writeSuffixes(List<Suffix> suffixes) {
    for (Suffix suffix : suffixes) {
      output.append(suffix.text());
      Node operand = suffix.operand();
      if (operand != null) {
        output.append("(");
        write(operand);
        output.append(")");
      }
    }
  }

  private void writeExpansion(PackExpansion expansion) {
    NodeList pack = isInLambda() ? null : arguments.find(expansion.pattern());
    if (pack == null) {
      expressions.operand(expansion.pattern());
      output.append("...");
      return;
    }
    for (int i = 0; i < pack.items().size(); i++) {
      if (i > 0) {
        output.append(", ");
      }
      arguments.index = i;
      write(expansion.pattern());
    }
  }

  /** Whether parameters of a lambda are written, whose template parameters have no arguments. */
  boolean isInLambda() {
    return lambdas > 0;
  }
}
