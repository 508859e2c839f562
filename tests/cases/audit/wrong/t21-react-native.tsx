<TouchableOpacity onPress={() => Linking.openURL('tel:8003737888')}>
  <Text>1-888-373-7888</Text>
</TouchableOpacity>
